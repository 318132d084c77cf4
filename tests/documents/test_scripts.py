"""Names in every script as readers get them back from paper, and the order of mixed lines."""

from __future__ import annotations

import hashlib
import random
import shutil
import subprocess
import sys
import unicodedata
from typing import Final

import bidi
import pypdfium2
import pytest

from jeweler_desk.documents.label_stock import LABEL_STOCKS
from jeweler_desk.documents.packing_slip import render_packing_slips
from jeweler_desk.documents.sheet import STOCKS
from jeweler_desk.documents.typography.direction import has_right_to_left, levels_of, visual_order
from jeweler_desk.documents.typography.fonts import FontBook
from jeweler_desk.documents.typography.typesetter import Typesetter
from tests.documents.test_packing_slip import a_slip, page_count, printed
from tests.documents.test_typography import PLAIN, said
from tests.paper_orders import fonts_of, ink_of

NAMES: Final = {
    "Latin": "Zoë Łukasiewicz-Çelik",
    "Vietnamese": "Nguyễn Thị Hương",
    "Greek": "Ελένη Παπαδοπούλου",
    "Cyrillic": "Ольга Ковальчук",
    "Hebrew": "נועה בן־דוד",
    "Arabic": "محمد الأمين",
    "Hebrew with vowels": "שָׁלוֹם לְיַעֵל",
    "Arabic with vowels": "عبد الرحمٰن مُحَمَّدٌ",
    "Persian": "پریسا کیانی",
    "Persian with a joiner": "می‌خواهم گلِ سرخ",
    "Urdu": "نگہت سلطانہ",
    "Devanagari": "आदित्य श्रीवास्तव",
    "Bengali": "সৃজনী চট্টোপাধ্যায়",
    "Tamil": "கார்த்திகேயன் ஸ்ரீ",
    "Telugu": "శ్రీనివాస్ రావు",
    "Kannada": "ಶ್ರೀನಿವಾಸ",
    "Malayalam": "ശ്രീലക്ഷ്മി",
    "Sinhala": "ශ්‍රීමතී",
    "Gujarati": "ધ્રુવી",
    "Gurmukhi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Odia": "ଶ୍ରୀମତୀ",
    "Thai": "ณัฐฐิญา ศรีสุวรรณ์",
    "Lao": "ສຸພາບ ແກ້ວ",
    "Khmer": "សុភាព ចាន់ធី",
    "Myanmar": "မြင့်မြင့်အေး",
    "Ethiopic": "ሰላማዊት",
    "Armenian": "Գայանե Մկրտչյան",
    "Georgian": "ნინო ბერიძე",
    "Hangul": "김민수",
    "Kana": "さくら ミカ",
    "Han": "佐藤 美咲",
    "rare Han": "𠮷田 𡈽 㐂一 鿬",
    "emoji": "Ana 😀💍 ♥",
}
MIXED: Final = (
    "Ana (נועה) 12 Cohen",
    "محمد Smith 24",
    "שלום 佐藤 Ana",
    "Ольга नेहा 김민수",
    "नेहा شریف ไทย",
)
NO_MARKS: Final = dict.fromkeys((0x200C, 0x200D, 0x200E, 0x200F, *range(0x202A, 0x202F)))


def by_pdfium(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def by_poppler(pdf: bytes) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed")
    done = subprocess.run(
        [program, "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode()


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(NO_MARKS)


@pytest.mark.parametrize("read", [by_pdfium, by_poppler])
@pytest.mark.parametrize("script", NAMES)
def test_a_name_in_any_script_comes_back_from_paper_as_it_was_written(
    script: str, read: object
) -> None:
    name = NAMES[script]
    pdf = printed(a_slip(ship_to=(name,)))
    assert callable(read)
    assert plain(name) in plain(read(pdf))
    assert all(fonts_of(pdf).values())
    assert ink_of(pdf) > ink_of(printed(a_slip(ship_to=("",)))) + 40


@pytest.mark.parametrize("read", [by_pdfium, by_poppler])
@pytest.mark.parametrize("name", MIXED)
def test_of_a_line_in_several_scripts_every_word_comes_back(name: str, read: object) -> None:
    assert callable(read)
    text = plain(read(printed(a_slip(ship_to=(name,)))))
    assert all(word in text for word in plain(name).replace("(", " ").replace(")", " ").split())


def mixed_lines(count: int) -> list[str]:
    """Return lines of words in both directions, with figures, brackets and signs between."""
    chance = random.Random(20261005)  # noqa: S311 - the same lines each time
    words = [
        "Ana",
        "ring",
        "שלום",
        "נועה",
        "محمد",
        "شریف",
        "12",
        "3.5",
        "7,50",
        "#1041",
        "۱۲",
        "٣٤",
    ]
    signs = [
        " ",
        " ",
        ", ",
        " (",
        ") ",
        " (",
        ") ",
        " [",
        "] ",
        " - ",
        "/",
        ": ",
        " & ",
        "! ",
        ". ",
    ]
    lines: list[str] = []
    while len(lines) < count:
        line = "".join(
            chance.choice(words) + chance.choice(signs) for _ in range(chance.randint(2, 7))
        ).strip()
        if has_right_to_left(line):
            lines.append(line)
    return lines


def test_two_hundred_mixed_lines_stand_in_the_order_of_an_independent_reading() -> None:
    """The other reading is unicode-bidi's, which is written from UAX #9 in another language."""
    differing = []
    for line in mixed_lines(200):
        base, levels = levels_of(line)
        ours = "".join(line[index] for index in visual_order(levels, base))
        theirs = bidi.get_display(line, base_dir="R" if base else "L")
        if theirs.translate(str.maketrans("()[]", "((((")) != ours.translate(
            str.maketrans("()[]", "((((")
        ):
            differing.append((line, ours, theirs))
    assert differing == []


def test_thai_breaks_only_where_a_letter_with_its_vowels_ends() -> None:
    setter = Typesetter(FontBook())
    text = "แหวนเงินแท้สวยงามทำด้วยมือเก็บไว้ในกล่องน้ำเงินใบเล็ก"
    for width in (30.0, 45.0, 60.0, 90.0):
        lines = [said(each) for each in setter.lines(text, PLAIN, width)]
        assert "".join(lines).replace("\u200b", "") == text
        for line in lines:
            bare = line.replace("\u200b", "")
            assert bare[0] not in "ะาำๅๆฯ" and unicodedata.category(bare[0]) != "Mn"
            assert bare[-1] not in "เแโใไ"


def fuzzed_names(count: int) -> list[str]:
    chance = random.Random(7)  # noqa: S311 - the same names each time
    blocks = [
        (0x41, 0x17F), (0x370, 0x3FF), (0x400, 0x52F), (0x531, 0x58F), (0x5D0, 0x5EA),
        (0x620, 0x6D3), (0x904, 0x939), (0x985, 0x9B9), (0xB85, 0xBB9), (0xE01, 0xE3A),
        (0x10D0, 0x10FF), (0x1780, 0x17B3), (0x3041, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3),
        (0x1F300, 0x1F9FF), (0x20000, 0x2A6DF), (0x2600, 0x27BF), (0x10000, 0x1FFFF),
    ]  # fmt: skip
    names = []
    for _ in range(count):
        first, last = chance.choice(blocks)
        letters = [chr(chance.randint(first, last)) for _ in range(chance.randint(2, 9))]
        letters.insert(chance.randint(0, len(letters)), chance.choice([" ", "x", "ה", "の", "́"]))
        names.append("".join(letters))
    return names


def test_of_a_thousand_names_none_is_blank_and_no_shape_is_the_missing_one() -> None:
    setter = Typesetter(FontBook())
    for name in fuzzed_names(1000):
        line = setter.line(name, PLAIN)
        glyphs = [glyph for run in line.runs for glyph in run.glyphs]
        assert line.width > 0, ascii(name)
        assert all(glyph.number for glyph in glyphs), ascii(name)


def test_papers_in_every_script_are_the_same_bytes_in_another_process() -> None:
    program = (
        "import hashlib; from tests.documents.test_scripts import NAMES, MIXED;"
        "from tests.documents.test_packing_slip import a_slip, printed;"
        "print(hashlib.sha256(printed(a_slip(ship_to=(*NAMES.values(), *MIXED)))).hexdigest())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    here = printed(a_slip(ship_to=(*NAMES.values(), *MIXED)))
    assert done.stdout.decode().strip() == hashlib.sha256(here).hexdigest()


def test_every_stock_is_exact_to_a_hundredth_of_a_millimeter() -> None:
    wanted = {
        "letter": (215.9, 279.4), "a4": (210, 297), "a5": (148, 210), "iso-a6": (105, 148),
        "iso-a7": (74, 105), "us-a2": (107.95, 139.7), "us-a6": (114.3, 158.75),
        "us-a7": (127, 177.8), "4bar": (88.9, 123.825),
    }  # fmt: skip
    labels = {"4x6": (101.6, 152.4), "100x150": (100, 150)}
    millimeter = 72 / 25.4
    for name, (wide, high) in wanted.items():
        document = pypdfium2.PdfDocument(printed(a_slip(), stock=name))
        for page in document:
            assert page.get_width() / millimeter == pytest.approx(wide, abs=0.01)
            assert page.get_height() / millimeter == pytest.approx(high, abs=0.01)
        document.close()
    for name, (wide, high) in labels.items():
        paper = LABEL_STOCKS[name].page
        assert paper.width / millimeter == pytest.approx(wide, abs=0.01)
        assert paper.height / millimeter == pytest.approx(high, abs=0.01)
    assert LABEL_STOCKS["62mm"].page.width / millimeter == pytest.approx(62, abs=0.01)


def test_one_to_two_hundred_lines_never_end_with_thanks_alone_on_a_page() -> None:
    for count in (*range(1, 40), *range(40, 201, 7), 177, 191, 192, 200):
        pieces = tuple(
            type(a_slip().lines[0])(f"Charm {number}", 1, (), "Mama" if number % 3 == 0 else None)
            for number in range(count)
        )
        pdf = render_packing_slips([a_slip(*pieces, terms=("Returns in 30 days.",))], STOCKS["a4"])
        document = pypdfium2.PdfDocument(pdf.pdf)
        texts = [page.get_textpage().get_text_range() for page in document]
        document.close()
        assert all("Charm" in text for text in texts), count
        assert all(text.count("PERSONALIZATION") == text.count("Mama") for text in texts), count
        assert page_count(pdf.pdf) == pdf.pages
