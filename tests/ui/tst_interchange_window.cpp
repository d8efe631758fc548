// SPDX-License-Identifier: Apache-2.0
// Datasets in and out of the real window, as a user does it.
#include "document_bytes.h"
#include "window_fixture.h"

#include "ui/editing/edits.h"
#include "ui/widgets/interchange/export_dialog.h"
#include "ui/widgets/interchange/interchange_desk.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/proposals/review_desk.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/task_progress.h"

#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QThread>
#include <QtTest>

using namespace ui;

class TestInterchangeWindow : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<WindowFixture> m;

    QAction *action(ActionId id) { return m->window.actions()[id]; }
    QString message() { return m->window.messages()->text(); }
    template <typename Dialog>
    Dialog *dialog()
    {
        return m->window.findChild<Dialog *>();
    }
    void draw(double x, double y)
    {
        EVENTUALLY(m->service.isReady());
        m->click(x, y);
        EVENTUALLY(!m->session().isWaiting() && m->session().current());
        m->key(Qt::Key_Return);
    }
    QString write(QByteArray text)
    {
        text.replace('\'', '"');
        QFile file(m->settingsFolder.filePath("in.json"));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write the test's file");
        return file.fileName();
    }
    QString twoObjects()
    {
        return write(R"({'info': {'year': 2026}, 'images': [
              {'id': 5, 'file_name': 'a.png', 'width': 640, 'height': 480, 'flickr': 'x'},
              {'id': 6, 'file_name': 'b.jpg', 'width': 480, 'height': 640}],
            'categories': [{'id': 2, 'name': 'cat'}],
            'annotations': [
              {'id': 31, 'image_id': 5, 'category_id': 2,
               'segmentation': [[10, 10, 90, 10, 90, 90, 10, 90]]},
              {'id': 32, 'image_id': 6, 'category_id': 2,
               'segmentation': [[10, 10, 90, 10, 90, 90, 10, 90]]}]})");
    }
    void import(const QString &file, const char *choice = nullptr)
    {
        m->window.interchange().askForImport(file);
        auto *dialog = this->dialog<ImportDialog>();
        QVERIFY(dialog);
        EVENTUALLY(!dialog->isReading());
        if (choice)
            dialog->findChild<QRadioButton *>(choice)->setChecked(true);
        QVERIFY(dialog->reading());
        dialog->accept();
        EVENTUALLY(!m->window.interchange().isImporting());
        EVENTUALLY(!this->dialog<ImportDialog>());
    }

private Q_SLOTS:
    void init()
    {
        m = std::make_unique<WindowFixture>();
        QVERIFY(!action(ActionId::ImportAnnotations)->isEnabled());
        m->openFolder();
        EVENTUALLY(m->service.isReady() && !m->document.isListing());
    }
    void cleanup() { m.reset(); }

    void fromAFileToObjectsAndBack()
    {
        QVERIFY(action(ActionId::ImportAnnotations)->isEnabled());
        import(twoObjects());
        QVERIFY2(message().contains("2 objects imported into 2 pictures"), qPrintable(message()));
        QCOMPARE(m->document.undoStack()->count(), 1);
        QCOMPARE(m->document.undoStack()->text(0), QStringLiteral("Import in.json"));
        QCOMPARE(m->objects().size(), std::size_t(1));
        QVERIFY(m->document.annotation(31) && m->document.annotation(32));
        QVERIFY(m->window.interchange().importProgress()->isHidden());
        import(twoObjects()); // the same again
        QVERIFY2(message().contains("Nothing new") && message().contains("Already here: 2"),
                 qPrintable(message()));
        QCOMPARE(m->document.undoStack()->count(), 1);
        action(ActionId::Undo)->trigger();
        QVERIFY(m->document.snapshot().annotations.empty() && m->document.categories().empty());
    }

    void picturesThatHaveObjectsCanBeLeft()
    {
        draw(300, 200);
        const core::Id drawn = m->objects().at(0)->annotation.id;
        import(twoObjects(), "skip");
        QCOMPARE(m->objects().size(), std::size_t(1));
        QVERIFY2(message().contains("Left as they were: 1 picture"), qPrintable(message()));
        import(twoObjects(), "replace");
        QVERIFY2(message().contains("Replaced: 2 objects"), qPrintable(message()));
        QVERIFY(!m->document.annotation(drawn));
        action(ActionId::Undo)->trigger();
        QVERIFY(m->document.annotation(drawn));
    }

    void anImportThatIsCancelledChangesNothing()
    {
        m->window.interchange().askForImport(twoObjects());
        dialog<ImportDialog>()->reject();
        EVENTUALLY(!dialog<ImportDialog>());
        QCOMPARE(m->document.undoStack()->count(), 0);
        QVERIFY(!m->window.interchange().isImporting());
    }

    void exportAsksAndRemembers()
    {
        draw(300, 200);
        action(ActionId::ExportDataset)->trigger();
        auto *asked = dialog<ExportDialog>();
        QVERIFY(asked && asked->isVisible());
        const QString target = m->settingsFolder.filePath("out.json");
        asked->findChild<QComboBox *>("segmentation")->setCurrentIndex(1);
        asked->findChild<QLineEdit *>("target")->setText(target);
        asked->accept();
        EVENTUALLY(message().contains("written to"));
        QVERIFY2(message().contains("1 object in 3 pictures") && message().contains("out.json"),
                 qPrintable(message()));
        QVERIFY(m->window.interchange().exportProgress()->isHidden());
        QFile file(target);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("\"counts\":[")); // plain numbers, as was asked
        EVENTUALLY(!dialog<ExportDialog>());

        action(ActionId::ExportDataset)->trigger();
        QCOMPARE(dialog<ExportDialog>()->choice().target, target);
        QVERIFY(dialog<ExportDialog>()->choice().options.segmentation ==
                exporters::SegmentationForm::RleUncompressed);
        dialog<ExportDialog>()->reject();
        QVERIFY(settings::exportChoice().options.segmentation ==
                exporters::SegmentationForm::RleUncompressed);
    }

    void whatIsExportedComesBackTheSame()
    {
        draw(300, 200);
        draw(190, 140);
        const std::vector<project::AnnotationPointer> before =
            m->document.snapshot().annotations.toVector();
        const QString file = m->settingsFolder.filePath("round.json");
        m->window.exportTo(file);
        EVENTUALLY(message().contains("round.json"));
        std::vector<core::Id> ids;
        for (const auto &record : before)
            ids.push_back(record->annotation.id);
        deleteAnnotations(m->document, ids);
        import(file);
        const std::vector<project::AnnotationPointer> after =
            m->document.snapshot().annotations.toVector();
        QCOMPARE(after.size(), before.size());
        for (std::size_t i = 0; i < before.size(); ++i) {
            QVERIFY(after[i]->annotation.mask == before[i]->annotation.mask);
            QCOMPARE(after[i]->annotation.categoryId, before[i]->annotation.categoryId);
            QCOMPARE(after[i]->annotation.imageId, before[i]->annotation.imageId);
        }
    }

    void anotherProjectForgetsTheTarget()
    {
        m->window.interchange().askForExport();
        dialog<ExportDialog>()->findChild<QLineEdit *>("target")->setText(
            m->settingsFolder.filePath("first.json"));
        dialog<ExportDialog>()->accept();
        EVENTUALLY(message().contains("first.json"));
        EVENTUALLY(!dialog<ExportDialog>());
        QTemporaryDir other;
        m->drawPicture(other.filePath("x.png"), {100, 80}, Qt::lightGray);
        m->window.openPaths({other.path()});
        EVENTUALLY(m->document.images().size() == 1);
        m->window.interchange().askForExport();
        QCOMPARE(dialog<ExportDialog>()->choice().target, other.filePath("annotations.json"));
    }

    void aDialogClosesWithItsProject()
    {
        QTemporaryDir other;
        m->drawPicture(other.filePath("a.png"), {640, 480}, Qt::lightGray);
        int number = 0;
        for (const ActionId id : {ActionId::ImportAnnotations, ActionId::ExportDataset}) {
            const bool isImport = id == ActionId::ImportAnnotations;
            if (isImport)
                m->window.interchange().askForImport(twoObjects());
            else
                action(id)->trigger();
            QVERIFY(dialog<ImportDialog>() || dialog<ExportDialog>());
            m->window.openPaths({++number == 1 ? other.path() : m->folder.path()});
            QVERIFY(!action(id)->isEnabled());
            EVENTUALLY(!dialog<ImportDialog>() && !dialog<ExportDialog>());
            EVENTUALLY(action(id)->isEnabled());
        }
        QVERIFY(m->document.snapshot().annotations.empty());
        QCOMPARE(m->document.undoStack()->count(), 0);
    }

    void nothingIsAskedWhileAnotherProjectIsOpened()
    {
        QTemporaryDir other;
        m->drawPicture(other.filePath("x.png"), {100, 80}, Qt::lightGray);
        m->window.openPaths({other.path()});
        m->window.interchange().askForImport(twoObjects());
        m->window.interchange().askForExport();
        QVERIFY(!dialog<ImportDialog>() && !dialog<ExportDialog>());
        QVERIFY2(message().contains("still being listed"), qPrintable(message()));
    }

    void aFileOfOthersIsNotProposed()
    {
        const QString theirs = m->folder.filePath("annotations.json");
        QVERIFY(QFile::copy(twoObjects(), theirs));
        action(ActionId::ExportDataset)->trigger();
        auto *asked = dialog<ExportDialog>();
        const QString own = m->folder.filePath("annotations-2.json");
        QCOMPARE(asked->choice().target, own);
        // A name alone lies beside the pictures: so says the preview.
        auto *preview = asked->findChild<QLabel *>("preview");
        QVERIFY(!preview->text().contains("replaced"));
        asked->findChild<QLineEdit *>("target")->setText("annotations.json");
        QCOMPARE(asked->choice().target, theirs);
        QVERIFY2(preview->text().contains("replaced"), qPrintable(preview->text()));
        asked->findChild<QLineEdit *>("target")->setText(own);
        asked->accept();
        EVENTUALLY(message().contains("annotations-2.json"));
        EVENTUALLY(!dialog<ExportDialog>());
        // What was written here may be written again, even by way of another format.
        action(ActionId::ExportDataset)->trigger();
        auto *formats = dialog<ExportDialog>()->findChild<QComboBox *>("format");
        formats->setCurrentIndex(formats->findData("yolo-seg"));
        QVERIFY(dialog<ExportDialog>()->choice().target != own);
        formats->setCurrentIndex(formats->findData("coco"));
        QCOMPARE(dialog<ExportDialog>()->choice().target, own);
    }

    void categoriesAloneAreSaid()
    {
        import(twoObjects());
        QFile file(twoObjects());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray text = file.readAll();
        file.close();
        text.replace("[{\"id\": 2, \"name\": \"cat\"}]",
                     "[{\"id\": 2, \"name\": \"cat\"}, {\"id\": 3, \"name\": \"dog\"}]");
        import(write(text));
        QCOMPARE(m->document.categories().size(), std::size_t(2));
        QVERIFY2(message().contains("No new objects") && message().contains("categories"),
                 qPrintable(message()));
    }

    void stoppingTooLateIsNoStop()
    {
        const QString target = m->settingsFolder.filePath("late.json");
        ExportTask task;
        QSignalSpy finished(&task, &ExportTask::finished), cancelled(&task, &ExportTask::cancelled);
        task.start(m->document.snapshot(), {QStringLiteral("coco"), target, {}});
        for (int i = 0; i < 60'000 && !QFile::exists(target); ++i)
            QThread::msleep(1); // without a look at what it tells
        task.cancel();
        EVENTUALLY(!task.isRunning());
        QCOMPARE(finished.count(), 1);
        QCOMPARE(cancelled.count(), 0);
    }
};

QTEST_MAIN(TestInterchangeWindow)
#include "tst_interchange_window.moc"
