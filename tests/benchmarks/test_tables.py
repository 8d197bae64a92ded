"""The tables of the benchmarks' README say what the result files say."""

from benchmarks.tables import README, with_tables


def test_no_figure_was_typed_by_hand() -> None:
    text = README.read_text("utf-8")

    assert "<!-- table mobile_libraries -->" in text
    assert with_tables(text) == text
