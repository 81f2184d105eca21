"""Start one service process: `python -m chassis services.checkin.service:CheckinService`.

Standard output is the log. Exit codes: 0 stopped by a signal, 1 died, 2 wrong settings.
"""

import gc
import os
import sys
import warnings

gc.disable()  # until `collect_rarely`: imports leave nothing to free, and looking for it is a tenth of them

# The system's resolver serves; importing the green one would cost 0.4 s at every start.
os.environ["EVENTLET_NO_GREENDNS"] = "yes"
warnings.filterwarnings("ignore", message="(?s).*Eventlet is deprecated", category=Warning)

import eventlet  # noqa: E402  after the filter: eventlet warns at its import

eventlet.monkey_patch()

from chassis.runner import run  # noqa: E402  after the patch, so that everything it imports is green

if __name__ == "__main__":
    sys.exit(run(sys.argv[1]))
