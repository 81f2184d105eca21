/* Where the modules do not run (an old television, a lost file) the page from the server stays, and this renews
   it. So it is written for any browser, and asks first whether the page can be had: an error is no board. */

(function () {
  var EVERY_MILLISECONDS = 15000;

  function renew() {
    if (document.documentElement.getAttribute("data-followed") !== null) return;
    var request = new XMLHttpRequest();
    request.open("HEAD", location.href);
    request.onload = function () {
      if (request.status === 200) location.reload();
    };
    request.send();
  }

  setInterval(renew, EVERY_MILLISECONDS);
})();
