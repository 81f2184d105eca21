"""What a hall's board says, for tests: a voice that notes its sentences, and the recordings played."""

from playwright.sync_api import Page

# A voice that takes two seconds for a sentence and notes when it began and ended.
VOICE = """
window.said = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => [{ lang: "en-US" }, { lang: "id-ID" }],
    cancel: () => {},
    speak(utterance) {
        const one = { text: utterance.text, lang: utterance.lang, from: Date.now(), to: null };
        window.said.push(one);
        setTimeout(() => { one.to = Date.now(); utterance.onend(); }, 2000);
    },
} });
"""

# Instead of playing a recording, note its length in seconds, and be over at once.
RECORDER = """
window.played = [];
AudioBufferSourceNode.prototype.start = function () {
    window.played.push(Math.round(this.buffer.duration * 100) / 100);
    setTimeout(() => this.onended(), 0);
};
"""


def said(page: Page) -> list[str]:
    """Return the sentences that the device began."""
    sentences: list[str] = page.evaluate("() => window.said.map((one) => one.text)")
    return sentences


def played(page: Page) -> list[float]:
    """Return the lengths of the recordings that were played, in seconds."""
    lengths: list[float] = page.evaluate("() => window.played")
    return lengths


def expect_said(page: Page, count: int) -> list[str]:
    """Let time pass until so many sentences were begun."""
    for _ in range(60):
        if len(said(page)) >= count:
            break
        page.clock.run_for(500)
    sentences = said(page)
    assert len(sentences) == count
    return sentences
