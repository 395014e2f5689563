"""What the views say, on the real pages: every claim is checked against the model itself."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from conftest import ROOT

from handbook.base.word_search import finder, marked
from handbook.pages import loader
from handbook.pages.model import Handbook
from handbook.pages.schema import GROUPS
from handbook.views import Views
from handbook.views.compare import MOST_PAIRS, compare, pairs, sharing_topics
from handbook.views.derived import derived_pages
from handbook.views.side_by_side import relinked

LANGUAGES = ("zh", "en")
both_languages = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def handbook() -> Handbook:
    return loader.load(ROOT)


def views(handbook: Handbook, language: str) -> Views:
    return Views(handbook, language)


@both_languages
def test_the_matrix_has_every_ability_of_every_role_and_no_other(
    handbook: Handbook, language: str
) -> None:
    asked = {
        (asked.role.slug, asked.ability.anchor)
        for row in views(handbook, language).abilities
        for asked in row.asked
    }
    said = {(r.slug, a.anchor) for r in handbook.roles(language) for a in r.abilities}
    assert asked == said
    for row in views(handbook, language).abilities:
        assert len(row.cells) == len(handbook.roles(language))
        for role, cell in zip(handbook.roles(language), row.cells, strict=True):
            assert cell is None or (cell.role, cell.ability.term.id) == (role, row.id)


def test_what_most_roles_need_comes_first(handbook: Handbook) -> None:
    counts = [len(row.asked) for row in views(handbook, "en").abilities]
    assert counts == sorted(counts, reverse=True)
    assert views(handbook, "en").abilities[0].id == "communication"


@both_languages
def test_a_requirement_is_shown_where_it_says_more_than_the_name(
    handbook: Handbook, language: str
) -> None:
    texts = {
        ability.qualification.text
        for role in handbook.roles(language)
        for ability in role.abilities
        if views(handbook, language).says_more(role, ability)
    }
    if language == "zh":
        assert {"溝通能力強", "注重細節", "有一定經驗"} <= texts
        assert texts.isdisjoint({"", "善於溝通", "善於分析數據", "具備問題解決能力"})
    else:
        assert {
            "strong communication skills",
            "mindful of detail",
            "some experience of placing adverts",
        } <= texts
        assert texts.isdisjoint(
            {"", "good at communicating", "good at analysing data", "able to solve problems"}
        )


def test_both_languages_show_the_same_requirements(handbook: Handbook) -> None:
    shown = [
        {
            (role.slug, ability.term.id)
            for role in handbook.roles(language)
            for ability in role.abilities
            if views(handbook, language).says_more(role, ability)
        }
        for language in LANGUAGES
    ]
    assert shown[0] == shown[1]
    assert 25 < len(shown[0]) < 43


def test_both_languages_have_the_same_views(handbook: Handbook) -> None:
    zh, en = (views(handbook, language) for language in LANGUAGES)
    assert [row.id for row in zh.abilities] == [row.id for row in en.abilities]
    assert [pair.key for pair in zh.pairs] == [pair.key for pair in en.pairs]
    assert zh.drawing == en.drawing
    for row_zh, row_en in zip(zh.duties, en.duties, strict=True):
        for facet in zh.facets:
            assert row_zh.ids(facet.key) == row_en.ids(facet.key)


@both_languages
def test_all_duties_are_in_the_table_and_every_filter_finds_some(
    handbook: Handbook, language: str
) -> None:
    rows = views(handbook, language).duties
    said = [d.number for role in handbook.roles(language) for d in role.duties]
    assert [row.duty.number for row in rows] == said
    assert len(rows) == 35
    for facet in views(handbook, language).facets:
        assert facet.choices
        for choice in facet.choices:
            assert any(choice.id in row.ids(facet.key) for row in rows)


@both_languages
def test_every_topic_shows_its_words_in_every_duty(handbook: Handbook, language: str) -> None:
    for topic in views(handbook, language).topics:
        numbers = handbook.vocabulary.topics[topic.id].duties
        assert [angle.duty.number for angle in topic.angles] == sorted(numbers)
        for angle in topic.angles:
            shown = "".join([angle.purpose, *angle.passages])
            in_name = finder(topic.text.words).search(angle.duty.name)
            assert "<mark>" in shown or in_name, (topic.id, angle.duty.number)


@both_languages
def test_a_label_is_no_word_of_its_duty(handbook: Handbook, language: str) -> None:
    labels = 0
    for duty in (duty for role in handbook.roles(language) for duty in role.duties):
        for label in filter(None, (label for label, _ in duty.lines())):
            labels += 1
            assert any(passage.text.startswith(label) for passage in duty.passages())
            assert not any(text.startswith(label) for text in duty.texts())
    assert labels > 35


@both_languages
def test_every_duty_is_reached_by_a_topic(handbook: Handbook, language: str) -> None:
    reached = {number for topic in handbook.vocabulary.topics.values() for number in topic.duties}
    assert {d.number for role in handbook.roles(language) for d in role.duties} == reached


def test_the_topics_of_the_field_notes(handbook: Handbook) -> None:
    topics = handbook.vocabulary.topics
    assert topics["complaints"].duties == ["2.4", "4.3", "8.2"]
    assert topics["infringement"].duties == ["6.4"]
    assert topics["repairs"].duties == ["8.1"]
    assert topics["returns"].duties == ["2.4", "8.1", "8.3"]
    assert topics["suppliers"].duties == ["2.1", "7.1", "7.3", "7.4"]


@both_languages
def test_a_comparison_leaves_nothing_out_and_adds_nothing(
    handbook: Handbook, language: str
) -> None:
    for first, second in combinations(handbook.roles(language), 2):
        it = compare(first, second, handbook)
        ours = [ability for _, ability, _ in it.shared] + [*it.only_first]
        theirs = [ability for _, _, ability in it.shared] + [*it.only_second]
        assert sorted(ours, key=first.abilities.index) == [*first.abilities]
        assert sorted(theirs, key=second.abilities.index) == [*second.abilities]
        for _, own, their in it.shared:
            assert own.term.id == their.term.id
        for topic in it.topics:
            numbers = set(handbook.vocabulary.topics[topic.id].duties)
            assert {d.number for d in (*topic.first, *topic.second)} <= numbers
            assert topic.first
            assert topic.second


@both_languages
def test_every_pair_role_topic_and_term_has_a_page(handbook: Handbook, language: str) -> None:
    slugs = [role.slug for role in handbook.roles(language)]
    keys = [page.key for page in derived_pages(handbook, language)]
    expected = [f"compare/{a}/{b}" for a, b in combinations(slugs, 2)]
    expected += [f"side-by-side/{slug}" for slug in slugs]
    expected += [f"who-handles-what/{at}" for at in handbook.vocabulary.topics]
    expected += [
        f"glossary/{group}-{at}"
        for group in GROUPS
        if group != "topics"
        for at in handbook.vocabulary.entries(group)
    ]
    assert keys == expected
    assert len({page.title for page in derived_pages(handbook, language)}) == len(keys)


def test_of_many_roles_those_pairs_are_compared_that_share_most(handbook: Handbook) -> None:
    many = {
        ("en", f"roles/r{n}"): replace(role, slug=f"r{n}", section=n + 1)
        for n, role in enumerate(handbook.roles("en") * 10)
    }
    found = pairs(Handbook(handbook.vocabulary, {}, many), "en")
    assert len(found) == MOST_PAIRS
    assert min(pair.abilities for pair in found) >= 5


@both_languages
def test_the_four_roles_nearest_to_a_role_are_those_that_share_most(
    handbook: Handbook, language: str
) -> None:
    every = views(handbook, language)
    for slug in every.roles:
        mine = [pair for pair in every.pairs if slug in {pair.first.slug, pair.second.slug}]
        shared = [pair.abilities + pair.topics for pair in mine]
        found = [every.compare(slug, other.slug) for _, other in every.related(slug)]
        near = [len(each.shared) + len(each.topics) for each in found]
        assert near == sorted(filter(None, shared), reverse=True)[:4]


@both_languages
def test_the_pairs_most_alike_are_those_that_share_most(handbook: Handbook, language: str) -> None:
    every = views(handbook, language)
    shared = [pair.abilities + pair.topics for pair in every.pairs]
    assert [pair.shared for pair in every.most_alike] == sorted(shared, reverse=True)[:6]


@both_languages
def test_a_role_shares_topics_with_those_that_share_many_or_else_with_the_nearest(
    handbook: Handbook, language: str
) -> None:
    every = views(handbook, language)
    assert [pair.topics for pair, _ in every.sharing_topics("supply-chain")] == [4, 4]
    found = every.sharing_topics("product-operations")
    assert [pair.topics for pair, _ in found] == [8, 8, 7, 7, 4, 4]
    few = [(replace(pair, topics=pair.topics % 4), other) for pair, other in found]
    assert [pair.topics for pair, _ in sharing_topics(few)] == [3, 3]


@both_languages
def test_the_map_has_every_named_partner(handbook: Handbook, language: str) -> None:
    it = views(handbook, language).collaboration
    named = {
        (role.slug, use.id)
        for role in handbook.roles(language)
        for duty in role.duties
        for use in duty.uses("partners")
    }
    assert {(tie.role.slug, tie.partner_id) for tie in it.ties} == named
    for role in it.roles:
        outside = [(role.slug, tie.partner_id) for tie in it.of(role)]
        between = [(tie.role.slug, tie.partner_id) for _, ties in it.between(role) for tie in ties]
        own = {each for each in named if each[0] == role.slug}
        assert own <= {*outside, *between}
        assert all(
            tie.ends == {role.slug, other.slug} for other, ties in it.between(role) for tie in ties
        )


@both_languages
def test_a_line_is_drawn_from_its_one_role_to_its_other(handbook: Handbook, language: str) -> None:
    every = views(handbook, language)
    roles = [*every.roles.values()]
    tied = {frozenset(tie.ends) for tie in every.collaboration.ties if len(tie.ends) == 2}
    alike = {
        frozenset((pair.first.slug, pair.second.slug)) for pair in every.pairs if pair.topics >= 4
    }
    for named, drawn in ((True, tied), (False, alike)):
        assert drawn
        passing = {role.slug: 0 for role in roles}
        ending = dict(passing)
        for ends in drawn:
            first, last = sorted(n for n, role in enumerate(roles) if role.slug in ends)
            for n in range(first, last + 1):
                counted = ending if n in (first, last) else passing
                counted[roles[n].slug] += 1
        for role in roles:
            paths = [each.path for each in every.drawing[role.slug] if each.named is named]
            assert sum("Q" in path for path in paths) == ending[role.slug]
            assert sum("V" in path for path in paths) == passing[role.slug]
            assert len({*paths}) == len(paths), "no line hides another"


def test_between_many_roles_nothing_is_drawn(handbook: Handbook) -> None:
    for number, drawn in ((12, True), (13, False)):
        many = {
            ("en", f"roles/r{n}"): replace(role, slug=f"r{n}", section=n + 1)
            for n, role in enumerate((handbook.roles("en") * 2)[:number])
        }
        assert bool(Views(replace(handbook, role_pages=many), "en").drawing) is drawn


@both_languages
def test_every_use_in_the_glossary_names_the_term(handbook: Handbook, language: str) -> None:
    used = 0
    for group in views(handbook, language).glossary:
        terms = handbook.vocabulary.entries(group.key)
        assert [entry.id for entry in group.entries] == [*terms]
        for entry in group.entries:
            topic = handbook.vocabulary.topics.get(entry.topic)
            words = topic.text(language).words if topic else []
            pattern = finder([entry.text.name, *entry.text.also, *words])
            for use in entry.uses:
                used += 1
                assert use.duty is None or use.duty.mentions(pattern), (entry.id, use.anchor)
            assert entry.uses, entry.id
    assert used > 100


@both_languages
def test_the_glossary_has_each_word_once_with_all_its_uses(
    handbook: Handbook, language: str
) -> None:
    entries = [entry for group in views(handbook, language).glossary for entry in group.entries]
    names = [name for entry in entries for name in (entry.text.name, *entry.text.also)]
    assert len(names) == len(set(names))
    reached = [entry.topic for entry in entries if entry.topic]
    assert sorted(reached) == sorted(handbook.vocabulary.topics)
    roi = next(entry for entry in entries if entry.id == "roi")
    assert [use.duty.number for use in roi.uses if use.duty] == ["3.1", "3.2"]
    traffic = next(entry for entry in entries if entry.id == "traffic")
    assert traffic.topic == "traffic"
    assert [use.duty.number for use in traffic.uses if use.duty] == ["3.4", "5.1"]


@both_languages
def test_side_by_side_every_row_has_both_languages(handbook: Handbook, language: str) -> None:
    for role in handbook.roles(language):
        own, other = views(handbook, language).side_by_side(role.slug)
        languages = own.role.language, other.role.language
        assert languages == (language, {"zh": "en", "en": "zh"}[language])
        for left, right in ((own.duties, other.duties), (own.abilities, other.abilities)):
            assert [*left] == [*right]
            assert all((*left.values(), *right.values()))
        assert [*own.duties] == [duty.anchor for duty in role.duties]


def test_links_of_a_role_page_are_led_on() -> None:
    html = '<a href="marketing.md#duty-3-2">x</a><a href="https://a.b/">y</a><a href="#z">z</a>'
    assert relinked(html, "roles", lambda path: f"../{path}") == (
        '<a href="../roles/marketing.md#duty-3-2">x</a><a href="https://a.b/">y</a>'
        '<a href="#z">z</a>'
    )


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (["退貨"], "統計退貨率", ["退貨"]),
        (["ad"], "Adjust the ad, or add one", ["ad"]),
        (["data", "data analysis"], "Data analysis and data", ["Data analysis", "data"]),
        (["word of mouth"], "build word  of\nmouth", ["word  of\nmouth"]),
        (["會員"], "專屬會員權益", ["會員"]),
        ([], "anything", []),
    ],
)
def test_words_are_found_whole(words: list[str], text: str, found: list[str]) -> None:
    assert [match[0] for match in finder(words).finditer(text)] == found


def test_marked_words_are_escaped() -> None:
    assert marked("a <b> & data", finder(["data", "b"])) == (
        "a &lt;<mark>b</mark>&gt; &amp; <mark>data</mark>"
    )


@both_languages
def test_topics_stand_in_the_groups_of_the_vocabulary(handbook: Handbook, language: str) -> None:
    every = views(handbook, language)
    found = every.areas
    assert [area.name for area in found] == [
        area.text(language) for area in handbook.vocabulary.areas
    ]
    assert [topic.id for area in found for topic in area.topics] == [
        topic.id for topic in every.topics
    ]
    without = replace(handbook, vocabulary=handbook.vocabulary.model_copy(update={"areas": []}))
    (whole,) = views(without, language).areas
    assert (whole.name, len(whole.topics)) == ("", len(every.topics))


def test_a_topic_knows_its_roles_its_terms_and_what_is_near(handbook: Handbook) -> None:
    returns = views(handbook, "en").topic("returns")
    assert {
        role.slug: [angle.duty.number for angle in angles] for role, angles in returns.roles
    } == {"product-operations": ["2.4"], "after-sales": ["8.1", "8.3"]}
    named = {label.key: [use.words for use in uses] for label, uses in returns.terms}
    assert "return rate" in named["measures"]
    near = [topic.id for topic in returns.near(views(handbook, "en").topics)]
    assert near[0] == "after-sales"
    assert "returns" not in near
    assert len(near) <= 6
