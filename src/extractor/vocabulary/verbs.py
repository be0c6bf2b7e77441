"""The verbs with which actions begin, in the imperative: "Adopt the cycling plan", "Give fire door advice"."""

from __future__ import annotations

# Words that hardly begin a name or a heading.
_PLAIN = frozenset(
    """
    achieve acquire adapt add address adopt advise agree align allocate amend analyse apply appoint apprentice arrange assess audit automate
    balance become begin block bring build buy carry catalogue challenge clean clear close co-design collect commence
    commission complete conduct consider consolidate construct consult continue convene convert coordinate co-ordinate create
    cut decide declare decommission define deliver demolish deploy design determine develop digitise dispose double draft
    draw drive embed embrace encourage enforce engage enhance ensure equip erect establish evaluate examine expand explore
    extend facilitate fill finalise fit fix follow formalise fulfil gather generate get give grow halve help hire hold
    identify implement improve increase incorporate inform influence insist inspect install insulate integrate introduce
    invest invite involve join keep launch lay lead lend let license list lobby maintain make maximise mend migrate
    minimise mitigate modernise move negotiate obtain offer open organise pass pay pilot plant prepare prescribe press prevent
    prioritise procure produce prohibit promote prosecute protect prove provide publish purchase push put qualify raise
    re-let re-vet reach rebuild recruit recycle redesign redevelop redo reduce refresh refurbish refuse register reinstate
    relaunch relocate remove renew renovate replace require rescue research reshape resolve respond restore resurface retain
    retender retire retrain retrofit reuse rewrite roll run scope secure seek seize sell send serve set share simplify
    sow stage stop streamline strengthen submit sweep switch tackle take teach tell tender transfer transform transition
    translate treat trial turn undertake update upgrade use utilise vaccinate vary widen work write
    """.split()
)
# Words that are nouns as well: verbs before an article, a number and the like.
_NOUNS_TOO = frozenset(
    """
    access act advance answer approach attend back benchmark brief budget campaign champion charge check claim coach contact
    contract control count cover date deal display document exercise experiment focus fund grant host house increase
    issue lease lease lift light limit link map mark market measure meet mentor monitor name notify order place plan play
    present price process profile programme progress question record refer report review schedule search shape ship show sign
    start support survey target test track trade train transport upskill value visit voice volunteer
    """.split()
)
_AFTER_VERB = frozenset(
    "a an the our all any each every new more at in on to for with whether how what that those these this it them one two "
    "three four five six seven eight nine ten its their people residents".split()
)


def opens_action(word: str, after: str = "") -> bool:
    """Whether a word with a capital is a verb with which an action begins; `after` is the next word.

    >>> opens_action("Adopt"), opens_action("Plan", "review"), opens_action("Review", "the"), opens_action("adopt")
    (True, False, True, False)
    """
    if not word[:1].isupper() or word.isupper():
        return False
    lower = word.lower().rstrip(",;:")
    return lower in _PLAIN or (lower in _NOUNS_TOO and (after in _AFTER_VERB or after[:1].isdigit()))
