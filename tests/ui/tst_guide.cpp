// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/guide.h"

#include "core/segmentation/fake_segmenter.h"
#include "picture_folder.h"
#include "ui/editing/prompt_session.h"

#include <QtTest>

using namespace ui;

class TestGuide : public QObject
{
    Q_OBJECT

private:
    struct Bench {
        PictureFolder folder{1};
        Document document;
        SegmentationService service{[] { return std::make_unique<core::FakeSegmenter>(); }};
        PromptSession session{document, service};
        Guide guide{document, session};
    };
    std::unique_ptr<Bench> m;

    void click(double x, double y, core::PointLabel label = core::PointLabel::Foreground)
    {
        m->session.addPoint({{x, y}, label});
        QTRY_VERIFY_WITH_TIMEOUT(!m->session.isWaiting(), 20000);
    }

private Q_SLOTS:
    void init()
    {
        m = std::make_unique<Bench>();
        m->folder.openIn(m->document);
        const core::ImageRecord image = m->document.images().front();
        QSignalSpy ready(&m->service, &SegmentationService::embeddingReady);
        m->service.openImage(image.id, m->document.imagePath(image.id));
        QVERIFY(ready.wait(20000));
    }
    void cleanup() { m.reset(); }

    void followsTheUserFromTheFirstClickToTheUndo()
    {
        QVERIFY(!m->guide.isRunning());
        click(10, 10); // before it starts nothing counts
        m->session.drop();
        m->guide.start();
        QCOMPARE(m->guide.index(), 0);
        click(20, 20);
        QCOMPARE(m->guide.index(), 1);
        click(22, 20, core::PointLabel::Background);
        QCOMPARE(m->guide.index(), 2);
        m->session.takeBack(); // back and forth is no harm
        click(24, 20);
        QCOMPARE(m->guide.index(), 2);
        m->session.accept();
        QCOMPARE(m->guide.index(), 3);
        click(20, 20);
        QCOMPARE(m->guide.index(), 3);
        m->session.setBox({5, 5, 30, 30});
        QTRY_COMPARE_WITH_TIMEOUT(m->guide.index(), 4, 20000);
        m->session.accept();
        QCOMPARE(m->guide.index(), 4);
        m->document.undoStack()->undo();
        QCOMPARE(m->guide.index(), 5);
        QVERIFY(m->guide.isLast());
        m->guide.skipStep();
        QVERIFY(!m->guide.isRunning());
    }

    void stepsCanBeSkippedAndTheGuideEnded()
    {
        m->guide.start();
        m->guide.skipStep();
        QCOMPARE(m->guide.index(), 1);
        m->guide.stop();
        QVERIFY(!m->guide.isRunning());
        click(20, 20);
        QVERIFY(!m->guide.isRunning());
        m->guide.skipStep();
        QVERIFY(!m->guide.isRunning());
        m->guide.start();
        QCOMPARE(m->guide.index(), 0);
    }
};

QTEST_GUILESS_MAIN(TestGuide)
#include "tst_guide.moc"
