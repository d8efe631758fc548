// SPDX-License-Identifier: Apache-2.0
#include "event_watch.h"
#include "window_fixture.h"

#include "ui/editing/edits.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/proposals/review_bar.h"
#include "ui/widgets/proposals/review_desk.h"
#include "ui/widgets/proposals/review_layer.h"
#include "ui/widgets/task_progress.h"

#include <QFile>
#include <QPushButton>
#include <QtTest>

using namespace ui;

// From a detector's file to decided proposals, as the user does it.
class TestReviewWindow : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<WindowFixture> m;

    ReviewDesk &desk() { return m->window.review(); }
    ReviewSession &review() { return desk().session(); }
    QAction *action(ActionId id) { return m->window.actions()[id]; }
    QString message() { return m->window.messages()->text(); }
    core::Id imageId(int index) { return m->document.images()[std::size_t(index)].id; }

    /// The tests write ' for ".
    QString write(QByteArray text)
    {
        text.replace('\'', '"');
        QFile file(m->settingsFolder.filePath("found.json"));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write the test's file");
        return file.fileName();
    }
    void import(const QByteArray &text)
    {
        m->window.openPaths({write(text)}); // as dropped
        EVENTUALLY(!desk().importing().isRunning());
    }
    /// Two boxes in the first picture, one mask in the second.
    void importThree()
    {
        import(R"({'images': [{'id': 10, 'file_name': 'val/a.png', 'width': 640, 'height': 480},
                              {'id': 20, 'file_name': 'val/b.jpg', 'width': 480, 'height': 640}],
            'categories': [{'id': 1, 'name': 'person'}, {'id': 2, 'name': 'bag'}],
            'annotations': [
               {'image_id': 10, 'category_id': 1, 'bbox': [160, 120, 60, 40], 'score': 0.7},
               {'image_id': 20, 'category_id': 2, 'score': 0.2,
                'segmentation': [[100, 100, 200, 100, 200, 200, 100, 200]]},
               {'image_id': 10, 'category_id': 1, 'bbox': [300, 200, 90, 80], 'score': 0.41}]})");
        EVENTUALLY(review().isOn());
    }
    void waitForMask()
    {
        EVENTUALLY(m->service.isReady() && !m->session().isWaiting() && m->session().current());
    }

private Q_SLOTS:
    void init()
    {
        m = std::make_unique<WindowFixture>();
        m->openFolder();
        EVENTUALLY(m->service.isReady() && !m->document.isListing());
    }
    void cleanup() { m.reset(); }

    void fromTheFileToObjects()
    {
        QVERIFY(desk().bar()->isHidden() && desk().layer()->isHidden());
        QVERIFY(!action(ActionId::NextProposal)->isEnabled());
        importThree();
        QVERIFY2(message().contains("3 proposals in 2 pictures"), qPrintable(message()));
        // The worst of all is in the second picture.
        QCOMPARE(m->window.currentImage(), imageId(1));
        QVERIFY(!desk().bar()->isHidden());
        const QString text = desk().bar()->text();
        QVERIFY2(text.contains("1 of 3") && text.contains("bag") && text.contains("0.20"),
                 qPrintable(text));
        waitForMask();
        m->key(Qt::Key_Return);
        QCOMPARE(m->document.snapshot().annotations.size(), std::size_t(1));
        QCOMPARE(m->document.categories().size(), std::size_t(1)); // "bag", made by accepting

        // The next one is a box in the first picture; the other box there is shown, too.
        QCOMPARE(m->window.currentImage(), imageId(0));
        QVERIFY(!desk().layer()->isHidden());
        QVERIFY(m->session().prompt().box.has_value());
        waitForMask();
        m->key(Qt::Key_Delete);
        QCOMPARE(review().count(), std::size_t(1));
        QVERIFY(desk().bar()->text().contains("1 of 1"));
        waitForMask();
        m->key(Qt::Key_Return);
        QVERIFY(!review().isOn());
        QVERIFY(desk().bar()->isHidden() && desk().layer()->isHidden());
        QVERIFY2(message().contains("last proposal"), qPrintable(message()));
        QCOMPARE(m->document.snapshot().annotations.size(), std::size_t(2));

        for (int step = 0; step < 3; ++step)
            m->key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(review().count(), std::size_t(3));
        QVERIFY(m->document.snapshot().annotations.empty());
        m->key(Qt::Key_Z, Qt::ControlModifier); // the import
        QCOMPARE(review().count(), std::size_t(0));
        EVENTUALLY(!action(ActionId::NextProposal)->isEnabled());
    }

    void clicksAndBrushesCorrectIt()
    {
        importThree();
        waitForMask();
        EVENTUALLY(m->canvas().hasPicture());
        const core::Rle given = m->session().current()->mask;
        m->click(210, 150);
        waitForMask();
        QVERIFY(m->session().current()->mask != given);
        QCOMPARE(m->session().proposal(), review().current());
        m->key(Qt::Key_Escape); // first the correction
        QVERIFY(m->session().current()->mask == given && review().isOn());
        action(ActionId::BrushTool)->trigger();
        m->drag({190, 150}, {230, 150});
        EVENTUALLY(m->session().current()->mask != given);
        const core::Rle painted = m->session().current()->mask;
        m->key(Qt::Key_Return);
        QVERIFY(m->document.snapshot().annotations.back()->annotation.mask == painted);
    }

    void escapeLeavesAndTheKeyComesBack()
    {
        importThree();
        m->key(Qt::Key_J);
        QVERIFY(desk().bar()->text().contains("2 of 3"));
        m->key(Qt::Key_J, Qt::ShiftModifier);
        QVERIFY(desk().bar()->text().contains("1 of 3"));
        m->key(Qt::Key_J);
        m->key(Qt::Key_Escape);
        QVERIFY(!review().isOn() && !m->session().isActive());
        QVERIFY(desk().bar()->isHidden());
        EVENTUALLY(m->canvas().hasPicture() && m->service.isReady());
        m->click(150, 130); // ordinary work
        waitForMask();
        m->key(Qt::Key_J); // is not thrown away
        QVERIFY(m->session().isActive() && !review().isOn());
        m->key(Qt::Key_Return);
        QCOMPARE(m->objects().size(), std::size_t(1));
        m->key(Qt::Key_J);
        QVERIFY(desk().bar()->text().contains("2 of 3"));
    }

    void buttonsDoIt()
    {
        importThree();
        waitForMask();
        const auto buttons = desk().bar()->findChildren<QPushButton *>();
        QCOMPARE(buttons.size(), 4);
        buttons[1]->click(); // Skip
        QVERIFY(desk().bar()->text().contains("2 of 3"));
        buttons[2]->click(); // Reject
        QCOMPARE(review().count(), std::size_t(2));
        waitForMask();
        buttons[3]->click(); // Accept
        QCOMPARE(review().count(), std::size_t(1));
        buttons[0]->click(); // Leave
        QVERIFY(!review().isOn());
    }

    void anotherCategoryIsANumberAway()
    {
        addCategory(m->document, QStringLiteral("dog"));
        importThree();
        waitForMask();
        m->key(Qt::Key_1);
        QVERIFY2(desk().bar()->text().contains("dog"), qPrintable(desk().bar()->text()));
        m->key(Qt::Key_Return);
        QCOMPARE(m->document.categories().size(), std::size_t(1));
    }

    void aSelectedObjectIsWhatDeleteMeans()
    {
        m->click(150, 130);
        waitForMask();
        m->key(Qt::Key_Return);
        import("[{'image_id': 'a.png', 'bbox': [300, 200, 90, 80], 'score': 0.5}]");
        EVENTUALLY(review().isOn());
        m->window.selection().select(m->objects().at(0)->annotation.id);
        m->key(Qt::Key_Delete);
        QVERIFY(m->objects().empty());
        QCOMPARE(review().count(), std::size_t(1));
        m->key(Qt::Key_Delete);
        QCOMPARE(review().count(), std::size_t(0));
    }

    void anotherPictureEndsItWithoutAWord()
    {
        importThree();
        m->window.messages()->dismiss();
        action(ActionId::NextImage)->trigger(); // the third has none
        QCOMPARE(m->window.currentImage(), imageId(2));
        EVENTUALLY(!review().isOn());
        QVERIFY2(!message().contains("unfinished"), qPrintable(message()));
        QCOMPARE(review().count(), std::size_t(3));
    }

    void whatCouldNotBeUsedIsTold()
    {
        import("[{'image_id': 'a.png', 'bbox': [1, 1, 20, 20], 'score': 0.5},"
               " {'image_id': 'a.png', 'bbox': [1, 1]},"
               " {'image_id': 'x.png', 'bbox': [1, 1, 20, 20]}]");
        QVERIFY2(message().contains("1 proposal in 1 picture."), qPrintable(message()));
        QVERIFY2(message().contains("1 detection in pictures that are not"), qPrintable(message()));
        QVERIFY2(message().contains("Could not be read: 1 detection"), qPrintable(message()));
        QCOMPARE(m->window.messages()->kind(), MessageBar::Kind::Warning);
        EVENTUALLY(review().isOn());
    }

    void theSameFileAgainAddsNothing()
    {
        importThree();
        import("[{'image_id': 'a.png', 'bbox': [1, 1, 20, 20], 'score': 0.1}]"); // another one
        QCOMPARE(review().count(), std::size_t(4));
        waitForMask();
        review().leave();
        const int steps = m->document.undoStack()->count();
        import("[{'image_id': 'a.png', 'bbox': [1, 1, 20, 20], 'score': 0.1}]");
        QVERIFY2(message().contains("Nothing new") && message().contains("1 detection already"),
                 qPrintable(message()));
        QCOMPARE(review().count(), std::size_t(4));
        QCOMPARE(m->document.undoStack()->count(), steps);
    }

    void whatIsAnObjectIsNotProposedAgain()
    {
        const QByteArray file = "[{'image_id': 'a.png', 'segmentation':"
                                " [[10, 10, 60, 10, 60, 60, 10, 60]], 'score': 0.5}]";
        import(file);
        EVENTUALLY(review().isOn());
        waitForMask();
        m->key(Qt::Key_Return);
        QCOMPARE(m->objects().at(0)->annotation.score, std::optional(0.5));
        import(file);
        QVERIFY2(message().contains("1 detection where an object already is"),
                 qPrintable(message()));
        QCOMPARE(review().count(), std::size_t(0));
    }

    void picturesAndDetectionsAreDroppedTogether()
    {
        QTemporaryDir other;
        for (const char *name : {"x.png", "y.png"})
            m->drawPicture(other.filePath(name), {200, 100}, Qt::lightGray);
        const QString first = write("[{'image_id': 'y.png', 'bbox': [1, 1, 20, 20]}]");
        const QString second = other.filePath("more.json");
        QVERIFY(QFile::copy(first, second));
        QFile more(second);
        QVERIFY(more.open(QIODevice::WriteOnly));
        more.write(R"([{"image_id": "x.png", "bbox": [1, 1, 20, 20]}])");
        more.close();
        m->window.openPaths({first, other.path(), second});
        EVENTUALLY(review().count() == 2);
        QVERIFY(!desk().importing().isRunning());
        QCOMPARE(m->document.images().size(), std::size_t(2));
        QVERIFY(review().isOn());
    }

    void whatWaitsForOneProjectDoesNotGoIntoTheNext()
    {
        QTemporaryDir other;
        m->drawPicture(other.filePath("a.png"), {640, 480}, Qt::lightGray);
        const QString file = write("[{'image_id': 'a.png', 'bbox': [1, 1, 20, 20]}]");
        m->window.openPaths({file, file});
        m->window.openPaths({other.path()});
        EVENTUALLY(m->document.images().size() == 1 && !m->document.isListing());
        EVENTUALLY(!desk().importing().isRunning());
        QCOMPARE(m->document.proposals().count(), std::size_t(0));
        m->window.openPaths({file});
        EVENTUALLY(m->document.proposals().count() == 1);
    }

    void whatElseADetectorSaysIsKept()
    {
        import("[{'image_id': 'a.png', 'bbox': [1, 1, 20, 20], 'score': 0.5, 'occluded': true}]");
        EVENTUALLY(review().count() == 1);
        QCOMPARE(m->document.proposals().at(0)->foreign, std::string(R"({"occluded":true})"));
    }

    void detectionsOfAFolderThatIsNotThereAreForgotten()
    {
        m->window.openPaths({write("[{'image_id': 'a.png', 'bbox': [1, 1, 20, 20]}]"),
                             m->folder.filePath("no such picture.png")});
        EVENTUALLY(!m->document.isListing());
        QVERIFY(!desk().importing().isRunning());
        QCOMPARE(review().count(), std::size_t(0));
    }

    void aFileThatIsNoneIsTold()
    {
        import("{'boxes': 3");
        QCOMPARE(m->window.messages()->kind(), MessageBar::Kind::Error);
        QVERIFY2(message().contains("found.json"), qPrintable(message()));
        QVERIFY(desk().progress()->isHidden());
        QCOMPARE(m->document.undoStack()->count(), 0);
    }

    void theyWaitInTheProject()
    {
        importThree();
        m->key(Qt::Key_Delete);
        QVERIFY(m->document.waitForSaved(20'000));
        Document again;
        QSignalSpy opened(&again, &Document::opened);
        again.open({m->document.projectFile(), {}, {}, project::OpenMode::ReadOnly});
        QVERIFY(opened.wait(20'000));
        QCOMPARE(again.proposals().count(), std::size_t(2));
        QVERIFY(*again.proposals().at(0) == *m->document.proposals().at(0));
    }

    void theWindowNeverWaitsForAHundredThousand()
    {
        QByteArray text("[");
        for (int i = 0; i < 100'000; ++i)
            text += "{'image_id': 'a.png', 'category_id': " + QByteArray::number(i % 80) +
                    ", 'bbox': [" + QByteArray::number(i % 600) + ", " +
                    QByteArray::number(i % 440) + ", 20, 20], 'score': 0." +
                    QByteArray::number(1000 + i % 9000) + "},";
        text.back() = ']';
        const QString file = write(text);
        auto *watch = static_cast<EventWatch *>(qApp);
        watch->restart();
        m->window.openPaths({file});
        QVERIFY(!desk().progress()->isHidden());
        EVENTUALLY(review().isOn());
        QCOMPARE(review().count(), std::size_t(100'000));
        QVERIFY(desk().bar()->text().contains("1 of 100"));
        waitForMask();
        m->key(Qt::Key_Delete);
        waitForMask();
        m->key(Qt::Key_Return);
        QTest::qWait(50);
        qInfo("longest: %lld ms, %s", qlonglong(watch->longestMilliseconds()),
              watch->longestEvent().constData());
        // A guard, not a measure: the machine may be busy with other things.
        QVERIFY2(watch->longestMilliseconds() < 400, watch->longestEvent().constData());
    }

    void anImportCanBeStopped()
    {
        QByteArray text("[");
        for (int i = 0; i < 200'000; ++i)
            text += "{'image_id': 'a.png', 'bbox': [1, 1, 20, 20], 'score': 0.5},";
        text.back() = ']';
        m->window.openPaths({write(text)});
        QVERIFY(desk().importing().isRunning());
        desk().progress()->findChild<QPushButton *>()->click();
        EVENTUALLY(!desk().importing().isRunning());
        QVERIFY(desk().progress()->isHidden());
        QCOMPARE(review().count(), std::size_t(0));
        QVERIFY2(message().contains("stopped"), qPrintable(message()));
    }
};

int main(int argc, char **argv)
{
    EventWatch application(argc, argv);
    TestReviewWindow test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_review_window.moc"
