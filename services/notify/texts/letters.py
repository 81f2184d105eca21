"""Messages as e-mails: subject, plain text, and the same text as simple HTML.

A file of `email/` is one letter in one language: its first line is the subject, the paragraphs after
it are the body, and the last paragraph is the button's label (the button leads to the letter's link).
"""

from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from services.notify.texts.wording import Letter, values

_TEMPLATES = Environment(
    loader=PackageLoader("services.notify.texts", "email"),
    autoescape=select_autoescape(["html.j2"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    keep_trailing_newline=False,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """A letter ready for the post."""

    subject: str
    text: str
    html: str


def email(letter: Letter) -> Email:
    """Write a letter as an e-mail."""
    known = values(letter)
    written = _TEMPLATES.get_template(f"{letter.template}.{letter.contact.locale}.txt.j2").render(known)
    subject, *paragraphs, label = (part.strip() for part in written.split("\n\n"))
    page = _TEMPLATES.get_template("page.html.j2")
    return Email(
        subject=subject,
        text="\n\n".join([*paragraphs, f"{label}: {known['link']}"]) + "\n",
        html=page.render(
            subject=subject,
            paragraphs=[paragraph.splitlines() for paragraph in paragraphs],
            label=label,
            link=known["link"],
            language=letter.contact.locale,
        ),
    )
