// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/mask_target.h"

#include "core/mask/rle_measure.h"
#include "core/segmentation/fake_segmenter.h"
#include "picture_folder.h"
#include "ui/editing/edits.h"
#include "ui/editing/prompt_session.h"

#include <QtTest>

using namespace ui;
using Kind = MaskTarget::Kind;

class TestMaskTarget : public QObject
{
    Q_OBJECT

private:
    struct Bench {
        PictureFolder folder{2};
        Document document;
        SegmentationService service{[] { return std::make_unique<core::FakeSegmenter>(); }};
        PromptSession session{document, service};
        Selection selection{document};
        MaskTarget target{document, session, selection};

        void open(std::size_t index)
        {
            const core::ImageRecord image = document.images()[index];
            QSignalSpy ready(&service, &SegmentationService::embeddingReady);
            service.openImage(image.id, document.imagePath(image.id));
            QVERIFY(ready.wait(20000));
            QVERIFY(document.setImageSize(image.id, {PictureFolder::width, PictureFolder::height}));
            selection.setImage(image.id);
        }
        std::vector<project::AnnotationPointer> objects() const
        {
            return document.annotations(selection.image());
        }
    };
    std::unique_ptr<Bench> m;

private Q_SLOTS:
    void init()
    {
        m = std::make_unique<Bench>();
        m->folder.openIn(m->document);
        m->open(0);
    }
    void cleanup() { m.reset(); }

    void theFirstStrokeMakesAnObjectAndTheNextGoesOnWithIt()
    {
        QCOMPARE(m->target.kind(), Kind::New);
        QCOMPARE(core::area(m->target.mask()), 0);
        m->target.apply(core::SetOperation::Union, runMask(100, 10), QStringLiteral("Paint"));
        QCOMPARE(m->objects().size(), 1U);
        QCOMPARE(m->target.kind(), Kind::Selected);
        m->target.apply(core::SetOperation::Union, runMask(110, 5), QStringLiteral("Paint"));
        QCOMPARE(m->objects().size(), 1U);
        QVERIFY(m->target.mask() == runMask(100, 15));
        QCOMPARE(m->document.undoStack()->undoText(), QStringLiteral("Paint"));
        m->document.undoStack()->undo();
        QVERIFY(m->target.mask() == runMask(100, 10));
        m->document.undoStack()->undo();
        QVERIFY(m->objects().empty());
        QCOMPARE(m->target.kind(), Kind::New);
    }

    void pixelsThatChangeNothingAreNoStep()
    {
        m->target.apply(core::SetOperation::Difference, runMask(100, 10), QStringLiteral("Erase"));
        QVERIFY(m->objects().empty());
        m->target.apply(core::SetOperation::Union, runMask(100, 10), QStringLiteral("Paint"));
        m->target.apply(core::SetOperation::Union, runMask(102, 3), QStringLiteral("Paint"));
        QCOMPARE(m->document.undoStack()->count(), 1);
    }

    void takingTheLastPixelDeletesTheObject()
    {
        m->target.apply(core::SetOperation::Union, runMask(100, 10), QStringLiteral("Paint"));
        m->target.apply(core::SetOperation::Difference, runMask(90, 40), QStringLiteral("Erase"));
        QVERIFY(m->objects().empty());
        m->document.undoStack()->undo();
        QVERIFY(m->objects().front()->annotation.mask == runMask(100, 10));
    }

    void aHandEditedMaskForgetsThePromptsItNoLongerCameFrom()
    {
        project::AnnotationRecord record;
        record.annotation = {0, m->selection.image(), 0, runMask(100, 10), false};
        record.prompt.points.push_back({{2, 8}, core::PointLabel::Foreground});
        m->selection.select(addAnnotation(m->document, record));
        m->target.apply(core::SetOperation::Union, runMask(200, 10), QStringLiteral("Paint"));
        QVERIFY(m->objects().front()->prompt.isEmpty());
        m->document.undoStack()->undo();
        QCOMPARE(m->objects().front()->prompt.points.size(), 1U);
    }

    void anObjectInWorkComesBeforeTheSelectedOne()
    {
        m->target.apply(core::SetOperation::Union, runMask(100, 10), QStringLiteral("Paint"));
        m->session.addPoint({{30, 20}, core::PointLabel::Foreground});
        QTRY_VERIFY_WITH_TIMEOUT(!m->session.isWaiting(), 20000);
        QCOMPARE(m->target.kind(), Kind::InWork);
        const core::Rle answer = m->target.mask();
        m->target.apply(core::SetOperation::Union, runMask(2, 3), QStringLiteral("Paint"));
        QCOMPARE(core::area(m->target.mask()), core::area(answer) + 3);
        QVERIFY(m->objects().front()->annotation.mask == runMask(100, 10));
        m->session.takeBack();
        QTRY_VERIFY_WITH_TIMEOUT(m->target.mask() == answer, 20000);
    }

    void anotherPictureHasAnotherTarget()
    {
        m->target.apply(core::SetOperation::Union, runMask(100, 10), QStringLiteral("Paint"));
        QSignalSpy changed(&m->target, &MaskTarget::imageChanged);
        m->open(1);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(m->target.kind(), Kind::New);
        m->target.apply(core::SetOperation::Union, {{8, 8}, {0, 64}}, QStringLiteral("Paint"));
        QVERIFY(m->objects().empty()); // a region of another size is none of this picture
    }

    void objectsOfOtherPicturesAreNoneOfIt()
    {
        addCategory(m->document, QStringLiteral("car"));
        QSignalSpy changed(&m->target, &MaskTarget::changed);
        project::AnnotationRecord record;
        record.annotation = {0, m->document.images()[1].id, 0, runMask(100, 10), false};
        addAnnotation(m->document, record);
        QCOMPARE(changed.count(), 0);
        record.annotation.imageId = m->selection.image();
        addAnnotation(m->document, record);
        QCOMPARE(changed.count(), 1);
    }

    void theSelectionHoldsOnlyWhatIsThere()
    {
        m->target.apply(core::SetOperation::Union, runMask(100, 10), QStringLiteral("Paint"));
        const core::Id first = m->selection.single();
        m->selection.select(0);
        QVERIFY(m->selection.ids().empty());
        m->target.apply(core::SetOperation::Union, runMask(200, 10), QStringLiteral("Paint"));
        m->selection.toggle(first);
        QCOMPARE(m->selection.ids().size(), 2U);
        QCOMPARE(m->selection.single(), 0);
        QCOMPARE(m->target.kind(), Kind::New);
        deleteAnnotations(m->document, std::array{first});
        QCOMPARE(m->selection.ids().size(), 1U);
        m->selection.toggle(m->selection.single());
        QVERIFY(m->selection.ids().empty());
    }
};

QTEST_GUILESS_MAIN(TestMaskTarget)
#include "tst_mask_target.moc"
