"""Who gets what at the addresses of a synthesis and of recommendations; tests/permissions explains the words."""

from consultations.models import Consultation, Objection, Remark, Sentence
from consultations.services import margins, objections, recommendations, sentences, syntheses
from tests.consultations import consulting
from tests.permissions import MODERATE, NO_METHOD, READ, Row, done

WRITE = {"public": "in -- -- ok ok", "members": "in -- -- ok ok", "private": "in -- -- ok ok"}
CITED = {"public": "in no ok no no", "members": "in no ok no no", "private": "in -- ok no no"}


def closed(world):
    consultation = consulting.running(world, room={"visibility": world.workspace.visibility})
    consulting.answer(world.bob, consultation.questions.get(number=1), "In July.")
    return consulting.close(consultation)


def drafted(world):
    made = syntheses.begin(by=world.alice, consultation=closed(world), title="Dry", language="en")
    sentences.save(by=world.alice, synthesis=made, base=[], text="Springs dry in July [1].")
    margins.remark(by=world.alice, sentence=Sentence.objects.get(), text="Says who?")
    return made


def published(world):
    return syntheses.publish(by=world.alice, synthesis=drafted(world))


def objected(world):
    return objections.misrepresented(by=world.bob, synthesis=published(world), why="In June.")


def accepted(world):
    objections.accept(
        by=world.alice, objection=objected(world), sentence=Sentence.objects.get(), corrected="They dry in June [1]."
    )


def consultation(world):
    return dict(zip(("year", "number"), Consultation.objects.get().url_key, strict=True))


def of(model):
    return lambda world: consultation(world) | {"pk": model.objects.get().pk}


ROWS = {
    "synthesis": Row(at=consultation, scene=published, get=READ, post=NO_METHOD),
    "begin_synthesis": Row(
        at=consultation, scene=closed, data={"title": "Dry", "language": "en"}, get=MODERATE, post=done(MODERATE)
    ),
    "write_synthesis": Row(
        at=consultation, scene=drafted, data={"text": "More [1].", "base": ""}, get=WRITE, post=done(WRITE)
    ),
    "sources": Row(at=consultation, scene=drafted, get=WRITE, post="in 405 405 405 405"),
    "cite": Row(
        at=lambda world: consultation(world) | {"contribution": 1},
        scene=drafted,
        data={"text": "They do."},
        get=WRITE,
        post=done(WRITE),
    ),
    "changes": Row(at=consultation, scene=drafted, get=WRITE, post="in 405 405 405 405"),
    "restore": Row(at=lambda world: of(Sentence)(world) | {"revision": 1}, scene=drafted, get=WRITE, post=done(WRITE)),
    "translate_synthesis": Row(
        at=lambda world: consultation(world) | {"language": "fr"},
        scene=published,
        data={"title": "Sec", "text": "Elles tarissent.", "revision": 0},
        get=MODERATE,
        post=done(MODERATE),
    ),
    "synthesis_meters": Row(at=consultation, scene=published, get=MODERATE, post="in 405 405 405 405"),
    "publish_synthesis": Row(at=consultation, scene=drafted, data={"days": 7}, get=WRITE, post=done(WRITE)),
    "sentence": Row(at=of(Sentence), scene=drafted, data={"text": "Says who?"}, get=WRITE, post=done(WRITE)),
    "resolve_remark": Row(at=of(Remark), scene=drafted, get=WRITE, post=done(WRITE)),
    "misrepresented": Row(at=consultation, scene=published, data={"why": "In June."}, get=CITED, post=done(CITED)),
    "objections": Row(at=consultation, scene=objected, get=MODERATE, post="in 405 405 405 405"),
    "accept_objection": Row(
        at=of(Objection),
        scene=objected,
        data=lambda world: {"sentence": Sentence.objects.get().pk, "corrected": "They dry in June [1]."},
        get=MODERATE,
        post=done(MODERATE),
    ),
    "decline_objection": Row(
        at=of(Objection), scene=objected, data={"reason": "It says July."}, get=MODERATE, post=done(MODERATE)
    ),
    "correct_synthesis": Row(at=consultation, scene=accepted, get=MODERATE, post=done(MODERATE)),
}


def recommended(world):
    recommendations.recommend(
        by=world.alice,
        consultation=published(world).consultation,
        text="Dig deeper.",
        language="en",
        sentences=Sentence.objects.all(),
    )


def recommendation(world):
    return consultation(world) | {"recommendation": 1}


ROWS |= {
    "results": Row(at=consultation, scene=recommended, get=READ, post=NO_METHOD),
    "results_table": Row(at=consultation, scene=recommended, get=READ, post=NO_METHOD),
    "recommend": Row(
        at=consultation,
        scene=published,
        data={"text": "Dig deeper.", "language": "en"},
        get=MODERATE,
        post=done(MODERATE),
    ),
    "change_recommendation": Row(
        at=recommendation,
        scene=recommended,
        data={"text": "Dig.", "language": "en"},
        get=MODERATE,
        post=done(MODERATE),
    ),
    "answer_recommendation": Row(
        at=recommendation, scene=recommended, data={"reply": "accepted"}, get=MODERATE, post=done(MODERATE)
    ),
    "move_recommendation": Row(
        at=recommendation,
        scene=recommended,
        data={"step": "planned", "on": "2026-01-05"},
        get=MODERATE,
        post=done(MODERATE),
    ),
}
