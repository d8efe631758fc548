// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/mask_change.h"

#include "core/mask/rle_measure.h"
#include "picture_folder.h"
#include "ui/editing/edits.h"

#include <QtTest>

#include <random>

using namespace ui;
using core::SetOperation;
using Ids = std::vector<core::Id>;

class TestMaskChange : public QObject
{
    Q_OBJECT

private:
    struct Bench {
        PictureFolder folder{1};
        Document document;
        core::Id image = 0;
        core::Id car = 0, road = 0;

        Bench()
        {
            folder.openIn(document);
            image = document.images().front().id;
            car = addCategory(document, QStringLiteral("car"));
            road = addCategory(document, QStringLiteral("road"));
        }
        core::Id add(core::Rle mask, core::Id category)
        {
            project::AnnotationRecord record;
            record.annotation = {0, image, category, std::move(mask), false};
            record.prompt.points.push_back({{1, 1}, core::PointLabel::Foreground});
            return addAnnotation(document, std::move(record));
        }
        Records all() const { return document.annotations(image); }
        Records records(const Ids &ids) const
        {
            Records list;
            for (const core::Id id : ids)
                list.push_back(document.annotation(id));
            return list;
        }
        core::Rle mask(core::Id id) const { return document.annotation(id)->annotation.mask; }
        std::vector<project::AnnotationRecord> values() const
        {
            std::vector<project::AnnotationRecord> list;
            for (const project::AnnotationPointer &record : all())
                list.push_back(*record);
            return list;
        }

        /// Redo, undo, redo: nothing but what the step did, and all of it.
        void apply(const MaskChange &change, Ids &results)
        {
            const auto before = values();
            const int steps = document.undoStack()->index();
            const auto ids = applyChange(document, change, QStringLiteral("Step"));
            QVERIFY(ids);
            results = *ids;
            QCOMPARE(document.undoStack()->index(), steps + 1);
            QCOMPARE(document.undoStack()->undoText(), QStringLiteral("Step"));
            const auto after = values();
            document.undoStack()->undo();
            QVERIFY(values() == before);
            document.undoStack()->redo();
            QVERIFY(values() == after);
        }
    };
    std::unique_ptr<Bench> m;

private Q_SLOTS:
    void init() { m = std::make_unique<Bench>(); }
    void cleanup() { m.reset(); }

    void unitingKeepsTheFirst()
    {
        const core::Id a = m->add(runMask(100, 10), m->road);
        const core::Id b = m->add(runMask(105, 10), m->car);
        Ids results;
        m->apply(combined(m->document.annotation(b), m->records({a}), SetOperation::Union),
                 results);
        QCOMPARE(results, Ids{b});
        QCOMPARE(m->all().size(), 1U);
        QVERIFY(m->mask(b) == runMask(100, 15));
        QCOMPARE(m->document.annotation(b)->annotation.categoryId, m->car);
        QVERIFY(m->document.annotation(b)->prompt.isEmpty()); // the mask is not its answer any more
    }

    void subtractingLeavesTheOthers()
    {
        const core::Id a = m->add(runMask(100, 10), m->road);
        const core::Id b = m->add(runMask(105, 10), m->car);
        Ids results;
        m->apply(combined(m->document.annotation(a), m->records({b}), SetOperation::Difference),
                 results);
        QCOMPARE(results, Ids{a});
        QVERIFY(m->mask(a) == runMask(100, 5));
        QVERIFY(m->mask(b) == runMask(105, 10));
        QCOMPARE(m->document.annotation(b)->prompt.points.size(), 1U);
    }

    void intersectingAndExcluding()
    {
        const core::Id a = m->add(runMask(100, 10), m->road);
        const core::Id b = m->add(runMask(105, 10), m->car);
        Ids results;
        m->apply(combined(m->document.annotation(a), m->records({b}), SetOperation::Intersection),
                 results);
        QVERIFY(m->mask(a) == runMask(105, 5));
        m->document.undoStack()->undo();
        m->apply(
            combined(m->document.annotation(a), m->records({b}), SetOperation::SymmetricDifference),
            results);
        QCOMPARE(core::area(m->mask(a)), 10);
        QVERIFY(!m->document.annotation(b));
    }

    void partsBecomeObjectsLargestFirst()
    {
        const core::Rle both =
            core::combine(runMask(100, 5), runMask(500, 20), SetOperation::Union);
        project::AnnotationRecord followed;
        followed.annotation = {0, m->image, m->car, both, false};
        followed.annotation.track = 7;
        followed.annotation.score = 0.5;
        const core::Id a = addAnnotation(m->document, std::move(followed));
        const core::Id whole = m->add(runMask(900, 4), m->car);
        const MaskChange change = splitIntoParts(m->records({a, whole}));
        QCOMPARE(change.objects.size(), 1U); // a single part is left alone
        Ids results;
        m->apply(change, results);
        QCOMPARE(results.size(), 2U);
        QCOMPARE(results.front(), a);
        QVERIFY(m->mask(a) == runMask(500, 20));
        QVERIFY(m->mask(results[1]) == runMask(100, 5));
        const core::Annotation &part = m->document.annotation(results[1])->annotation;
        QCOMPARE(part.categoryId, m->car);
        QCOMPARE(part.track, core::Id(0)); // one of a picture is followed
        QCOMPARE(m->document.annotation(a)->annotation.track, core::Id(7));
        QCOMPARE(*part.score, 0.5);
        QCOMPARE(m->all().size(), 3U);
    }

    void pixelsGoFromBelowToAbove()
    {
        const core::Id bottom = m->add(runMask(100, 30), m->road);
        const core::Id covered = m->add(runMask(112, 3), m->road);
        const core::Id taker = m->add(runMask(110, 10), m->car);
        const core::Id top = m->add(runMask(115, 10), m->road);
        Ids results;
        m->apply(takenFromBelow(m->all(), Ids{taker}, {}), results);
        QCOMPARE(core::area(m->mask(bottom)), 20);
        QVERIFY(!m->document.annotation(covered)); // had no other pixel
        QVERIFY(m->mask(taker) == runMask(110, 10));
        QVERIFY(m->mask(top) == runMask(115, 10));
        m->document.undoStack()->undo();

        m->apply(takenFromBelow(m->all(), Ids{taker}, {covered}), results);
        QVERIFY(m->mask(covered) == runMask(112, 3));
        m->document.undoStack()->undo();

        m->apply(givenToAbove(m->all(), Ids{bottom, taker}), results);
        QVERIFY(m->mask(taker) == runMask(110, 5));
        QVERIFY(core::area(m->mask(bottom)) == 15);
        QVERIFY(m->mask(covered) == runMask(112, 3));
        QVERIFY(givenToAbove(m->all(), Ids{bottom, taker}).isEmpty());
        QVERIFY(takenFromBelow(m->all(), Ids{bottom}, {}).isEmpty());
    }

    void afterTakingNoPixelIsInTwoObjects()
    {
        std::mt19937 random(23);
        for (int i = 0; i < 30; ++i)
            m->add(runMask(random() % 2000, 1 + random() % 900), m->car);
        Ids everyone;
        for (const project::AnnotationPointer &record : m->all())
            everyone.push_back(record->annotation.id);
        core::Rle before = m->all().front()->annotation.mask;
        for (const project::AnnotationPointer &record : m->all())
            before = core::combine(before, record->annotation.mask, SetOperation::Union);
        const MaskChange taken = takenFromBelow(m->all(), everyone, {});
        const MaskChange given = givenToAbove(m->all(), everyone);
        QCOMPARE(taken.objects.size(), given.objects.size()); // the same from both sides
        Ids results;
        m->apply(taken, results);
        std::int64_t sum = 0;
        for (const project::AnnotationPointer &record : m->all())
            sum += core::area(record->annotation.mask);
        QCOMPARE(sum, core::area(before));
    }

    void holesAreFilled()
    {
        core::Mask ring({PictureFolder::width, PictureFolder::height});
        for (int y = 10; y < 20; ++y)
            for (int x = 10; x < 20; ++x)
                ring.set(x, y, x < 13 || x > 15 || y != 14);
        const core::Id a = m->add(core::encode(ring), m->car);
        m->add(runMask(5, 5), m->car);
        const MaskChange change = withoutHoles(m->all());
        QCOMPARE(change.objects.size(), 1U);
        Ids results;
        m->apply(change, results);
        QCOMPARE(core::area(m->mask(a)), 100);
    }

    void whatChangedMeanwhileIsLeftAlone()
    {
        const core::Id a = m->add(runMask(100, 10), m->road);
        const core::Id b = m->add(runMask(105, 10), m->car);
        const MaskChange change =
            combined(m->document.annotation(a), m->records({b}), SetOperation::Union);
        setCategory(m->document, Ids{b}, m->road);
        QVERIFY(!applyChange(m->document, change, QStringLiteral("Step")));
        QCOMPARE(m->all().size(), 2U);
        QVERIFY(!applyChange(m->document, {}, QStringLiteral("Step"))); // nothing is no step
    }

    void everyStepSaysWhatItDid()
    {
        const auto last = [this] { return m->document.undoStack()->undoText(); };
        QCOMPARE(last(), QStringLiteral("Add category road"));
        const core::Id a = m->add(runMask(100, 10), m->road);
        QCOMPARE(last(), QStringLiteral("Add road"));
        setCategory(m->document, Ids{a}, m->car);
        QCOMPARE(last(), QStringLiteral("Category car"));
        deleteAnnotations(m->document, Ids{a});
        QCOMPARE(last(), QStringLiteral("Delete car #%1").arg(a));
        deleteCategory(m->document, m->road);
        QCOMPARE(last(), QStringLiteral("Delete category road"));
    }
};

QTEST_GUILESS_MAIN(TestMaskChange)
#include "tst_mask_change.moc"
