// SPDX-License-Identifier: Apache-2.0
// The parts of importing and exporting without a window round them.
#include "picture_folder.h"
#include "ui/editing/edits.h"
#include "ui/widgets/background_task.h"
#include "ui/widgets/export_task.h"
#include "ui/widgets/interchange/export_dialog.h"
#include "ui/widgets/interchange/import_dialog.h"
#include "ui/widgets/interchange/import_words.h"
#include "ui/widgets/interchange/snapshot_source.h"
#include "ui/widgets/settings.h"

#include <QColor>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QDirIterator>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QSet>
#include <QSettings>
#include <QStackedWidget>
#include <QtTest>

#include <optional>
#include <stdexcept>
#include <thread>

using namespace ui;

namespace
{

class Source
{
public:
    PictureFolder folder{3};
    Document document;
    Source() { folder.openIn(document); }
    core::Id imageId(int index) const { return document.images()[std::size_t(index)].id; }
    core::Id draw(int image, unsigned first)
    {
        project::AnnotationRecord record;
        record.annotation = {0, imageId(image), 0, runMask(first, 10), false};
        return addAnnotation(document, record);
    }
};

std::filesystem::path pathOf(const QString &file)
{
    return std::filesystem::path(file.toStdU16String());
}

QString write(const QTemporaryDir &folder, const QString &name, const QByteArray &text)
{
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write the test's file");
    return file.fileName();
}

/// Two objects and a broken one in the first picture, one in a picture that is not there.
QByteArray cocoFile()
{
    return R"({"info": {"year": 2026}, "images": [
        {"id": 5, "file_name": "1.png", "width": 64, "height": 48, "flickr_url": "x"},
        {"id": 6, "file_name": "other.png", "width": 64, "height": 48}],
      "categories": [{"id": 2, "name": "cat"}, {"id": 3, "name": "dog"}],
      "annotations": [
        {"id": 1, "image_id": 5, "category_id": 2, "segmentation": [[1, 1, 9, 1, 9, 9, 1, 9]]},
        {"id": 2, "image_id": 5, "category_id": 3, "segmentation": [[20, 1, 29, 1, 29, 9, 20, 9]]},
        {"id": 4, "image_id": 6, "category_id": 3, "segmentation": [[1, 1, 9, 1, 9, 9, 1, 9]]}]})";
}

} // namespace

class TestInterchange : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_settings;

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
    }

    // ---- What formats are given

    void aSourceHandsOutOnePicturesMasks()
    {
        Source project;
        project.draw(0, 5);
        project.draw(0, 50);
        project.draw(2, 90);
        DatasetSnapshot snapshot = project.document.snapshot();
        snapshot.foreign = R"({"licenses":[]})";
        SnapshotSource source(snapshot);
        const std::vector<core::ImageRecord> images = source.images();
        QCOMPARE(images.size(), std::size_t(3));
        for (const core::ImageRecord &image : images) // never opened: from their headers
            QVERIFY(image.size == (core::Size{PictureFolder::width, PictureFolder::height}));
        QCOMPARE(source.annotations(project.imageId(0)).size(), std::size_t(2));
        QVERIFY(source.annotations(project.imageId(1)).empty());
        QVERIFY(source.annotations(project.imageId(2)).at(0).mask == runMask(90, 10));
        QVERIFY(source.annotations(4711).empty());
        QCOMPARE(source.foreign(), snapshot.foreign);
        QCOMPARE(source.categories().size(), std::size_t(1));
    }

    void aPictureThatIsGoneHasTheSizeOfItsObjects()
    {
        Source project;
        project.draw(0, 5);
        DatasetSnapshot snapshot = project.document.snapshot();
        snapshot.imageRoot = "/no/such/folder";
        const std::vector<core::ImageRecord> images = SnapshotSource(snapshot).images();
        QCOMPARE(images.size(), std::size_t(1)); // the others are left out
        QCOMPARE(images[0].id, project.imageId(0));
        QVERIFY(images[0].size == runMask(5, 10).size);
    }

    void picturesOfSeveralFoldersGoIntoOne()
    {
        QTemporaryDir place;
        for (const char *name : {"one", "two"}) {
            QVERIFY(QDir(place.path()).mkdir(name));
            QImage picture(64, 48, QImage::Format_RGB888);
            picture.fill(*name == 'o' ? Qt::gray : Qt::blue);
            QVERIFY(picture.save(place.filePath(QString(name) + "/a.png")));
        }
        Document document;
        QSignalSpy opened(&document, &Document::opened);
        document.open(
            {{}, {}, {pathOf(place.filePath("one/a.png")), pathOf(place.filePath("two/a.png"))}});
        QVERIFY(opened.wait(20'000));
        QCOMPARE(document.images().size(), std::size_t(2));
        ExportTask task;
        for (const char *format : {"yolo-seg", "labelme", "voc", "mask-png", "coco"}) {
            std::optional<exporters::WriteSummary> written;
            const auto connection =
                connect(&task, &ExportTask::finished, this,
                        [&](const QString &, const exporters::WriteSummary &summary) {
                            written = summary;
                        });
            const QString target = place.filePath(QString("out-") + format);
            ExportChoice choice{format, target, {}};
            choice.options.pictures = exporters::Pictures::Copy;
            task.start(document.snapshot(), choice);
            QVERIFY2(QTest::qWaitFor([&] { return written.has_value(); }, 20'000), format);
            disconnect(connection);
            const exporters::WriteSummary &summary = *written;
            QCOMPARE(summary.images, std::size_t(2));
            const bool isFile = qstrcmp(format, "coco") == 0; // which may say where pictures are
            QCOMPARE(summary.losses.size(), std::size_t(isFile ? 0 : 1));
            if (isFile)
                continue;
            QCOMPARE(summary.losses.front().count, std::size_t(1));
            // Both are there, and are what they were.
            QSet<QRgb> colors;
            QDirIterator files(target, {"a.png", "a_2.png"}, QDir::Files,
                               QDirIterator::Subdirectories);
            while (files.hasNext()) {
                const QImage picture(files.next());
                if (picture.size() == QSize(64, 48))
                    colors << picture.pixel(0, 0);
            }
            QVERIFY2(colors.contains(QColor(Qt::gray).rgb()) &&
                         colors.contains(QColor(Qt::blue).rgb()),
                     format);
        }
    }

    void aSourceCanBeStopped()
    {
        Source project;
        std::stop_source stop;
        stop.request_stop();
        SnapshotSource source(project.document.snapshot(), stop.get_token());
        QVERIFY_EXCEPTION_THROWN(source.images(), core::Error);
    }

    // ---- Work in the background

    void aTaskTellsHowItEnded_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("well") << 0;
        QTest::newRow("with an error") << 1;
        QTest::newRow("with an error of a library") << 2;
        QTest::newRow("stopped") << 3;
    }

    void aTaskTellsHowItEnded()
    {
        QFETCH(int, how);
        BackgroundTask task;
        QSignalSpy failed(&task, &BackgroundTask::failed),
            stopped(&task, &BackgroundTask::cancelled), ended(&task, &BackgroundTask::ended);
        bool isDone = false;
        task.start(
            [how](const std::stop_token &stop, const BackgroundTask::Progress &progress) {
                progress(0.5);
                if (how == 1)
                    throw core::Error(core::ErrorKind::BadDataset, "no");
                if (how == 2)
                    throw std::runtime_error("no");
                while (how == 3 && !stop.stop_requested())
                    std::this_thread::yield();
            },
            [&isDone] { isDone = true; });
        QVERIFY(task.isRunning());
        if (how == 3)
            task.cancel();
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 20'000);
        QVERIFY(!task.isRunning());
        QCOMPARE(isDone, how == 0);
        QCOMPARE(failed.count(), how == 1 || how == 2 ? 1 : 0);
        QCOMPARE(stopped.count(), how == 3 ? 1 : 0);
    }

    void newWorkTakesThePlaceOfOld()
    {
        BackgroundTask task;
        QSignalSpy stopped(&task, &BackgroundTask::cancelled);
        QStringList done;
        task.start(
            [](const std::stop_token &stop, const BackgroundTask::Progress &) {
                while (!stop.stop_requested())
                    std::this_thread::yield();
            },
            [&done] { done << "first"; });
        task.start([](const std::stop_token &, const BackgroundTask::Progress &) {},
                   [&done] { done << "second"; });
        QTRY_VERIFY_WITH_TIMEOUT(!task.isRunning(), 20'000);
        QCOMPARE(done, QStringList("second"));
        QCOMPARE(stopped.count(), 0); // nobody asked for that
    }

    // ---- Where to

    void targetsThatCannotBeAreTold()
    {
        QTemporaryDir folder;
        const exporters::Format &coco = formatOf({});
        QVERIFY(!whyNot(coco, " ").isEmpty());
        QVERIFY(!whyNot(coco, folder.path()).isEmpty());
        QVERIFY(whyNot(coco, folder.filePath("new.json")).isEmpty());
        QCOMPARE(proposedTarget(coco, folder.path()), folder.filePath("annotations.json"));
    }

    void proposalsThatWaitAreMentioned()
    {
        QVERIFY(!countSentence({12, 5, 0, 3}).contains("proposal"));
        QVERIFY(countSentence({12, 5, 0, 3, 7}).contains("7 proposals wait"));
    }

    void anUnknownFormatIsTheFirst()
    {
        QCOMPARE(formatOf({QStringLiteral("of the future"), {}, {}}).name(),
                 std::string_view("coco"));
    }

    void whatWasLostIsSaid()
    {
        exporters::WriteSummary summary{2, 1, {}};
        QCOMPARE(exportedSentence(summary, "/x/out.json"),
                 QStringLiteral("1 object in 2 pictures written to /x/out.json."));
        summary.lose("holes were filled", 3);
        summary.lose("colours");
        QVERIFY(exportedSentence(summary, "/x/out.json")
                    .endsWith("Not kept: holes were filled (3); colours (1)."));
    }

    void theLastExportIsRemembered()
    {
        QCOMPARE(settings::exportChoice().format, QStringLiteral("coco"));
        ExportChoice choice{QStringLiteral("yolo-seg"), QStringLiteral("/x"), {}};
        choice.options.segmentation = exporters::SegmentationForm::Polygon;
        choice.options.parts = exporters::PartsForm::Largest;
        choice.options.overlap = exporters::Overlap::SmallestOnTop;
        choice.options.pictures = exporters::Pictures::Copy;
        choice.options.simplify = 1.5;
        choice.options.maskShapes = true;
        settings::setExportChoice(choice);
        const ExportChoice again = settings::exportChoice();
        QCOMPARE(again.format, choice.format);
        QVERIFY(again.target.isEmpty()); // that is the project's
        QVERIFY(again.options.segmentation == choice.options.segmentation);
        QVERIFY(again.options.parts == choice.options.parts);
        QVERIFY(again.options.overlap == choice.options.overlap);
        QVERIFY(again.options.pictures == choice.options.pictures);
        QCOMPARE(again.options.simplify, 1.5);
        QVERIFY(again.options.maskShapes);
        QSettings file(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("maskwright"),
                       QStringLiteral("maskwright"));
        file.setValue(QStringLiteral("export/overlap"), 99);
        file.setValue(QStringLiteral("export/simplify"), QStringLiteral("nan"));
        QVERIFY(settings::exportChoice().options.overlap == exporters::Overlap::SmallestOnTop);
        QCOMPARE(settings::exportChoice().options.simplify, 0.0);
    }

    // ---- The export dialog

    void theDialogShowsWhatConcernsTheFormat()
    {
        QTemporaryDir folder;
        ExportDialog dialog({}, {12, 5, 2, 3}, folder.path(), nullptr);
        dialog.show();
        const auto box = [&](const char *name) { return dialog.findChild<QWidget *>(name); };
        QVERIFY(box("segmentation")->isVisible());
        QVERIFY(!box("parts")->isVisible() && !box("overlap")->isVisible());
        QVERIFY(!box("simplify")->isVisible()); // of outlines
        dialog.findChild<QComboBox *>("segmentation")->setCurrentIndex(2);
        QVERIFY(box("simplify")->isVisible());
        dialog.findChild<QDoubleSpinBox *>("simplify")->setValue(1.5);
        QVERIFY(!dialog.findChild<QLabel *>("about")->text().isEmpty());
        const QString preview = dialog.findChild<QLabel *>("preview")->text();
        QVERIFY2(preview.contains("12 objects of 3 categories in 5 pictures, 2 of them without"),
                 qPrintable(preview));
        const ExportChoice choice = dialog.choice();
        QCOMPARE(choice.format, QStringLiteral("coco"));
        QCOMPARE(choice.target, folder.filePath("annotations.json"));
        QVERIFY(choice.options.segmentation == exporters::SegmentationForm::Polygon);
        QCOMPARE(choice.options.simplify, 1.5);
    }

    void masksOfLabelMeAreShapesWhenChosen()
    {
        QTemporaryDir folder;
        ExportDialog dialog({QStringLiteral("labelme"), {}, {}}, {12, 5, 2, 3}, folder.path(),
                            nullptr);
        dialog.show();
        auto *shapes = dialog.findChild<QComboBox *>("shapes");
        auto *simplify = dialog.findChild<QWidget *>("simplify");
        QVERIFY(shapes->isVisible() && simplify->isVisible());
        QVERIFY(!dialog.findChild<QWidget *>("segmentation")->isVisible());
        QVERIFY(!dialog.choice().options.maskShapes); // every version opens them
        shapes->setCurrentIndex(1);
        QVERIFY(shapes->currentText().contains("5.1"));
        QVERIFY(!simplify->isVisible()); // of outlines
        QVERIFY(dialog.choice().options.maskShapes);
        auto *formats = dialog.findChild<QComboBox *>("format");
        formats->setCurrentIndex(formats->findData("coco"));
        QVERIFY(!shapes->isVisible());
        // Chosen once, it is offered again.
        ExportDialog again(dialog.choice(), {}, folder.path(), nullptr);
        QCOMPARE(again.findChild<QComboBox *>("shapes")->currentIndex(), 1);
    }

    void countsOfAProjectWithoutObjectsArePlain()
    {
        const QString text = countSentence({0, 1, 1, 2, 0});
        QVERIFY2(text.contains("1 picture") && !text.contains("of them"), qPrintable(text));
    }

    void aTargetThatCannotBeKeepsTheButtonOff()
    {
        QTemporaryDir folder;
        ExportDialog dialog({}, {}, folder.path(), nullptr);
        auto *button = dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
        auto *preview = dialog.findChild<QLabel *>("preview");
        QVERIFY(button->isEnabled());
        dialog.findChild<QLineEdit *>("target")->setText(folder.path());
        QVERIFY(!button->isEnabled());
        QVERIFY2(preview->text().contains("folder of this name"), qPrintable(preview->text()));
        dialog.findChild<QLineEdit *>("target")->setText(write(folder, "old.json", "{}"));
        QVERIFY(button->isEnabled());
        QVERIFY2(preview->text().contains("will be replaced"), qPrintable(preview->text()));
        dialog.findChild<QLineEdit *>("target")->setText("sub/new.json"); // beside the pictures
        QCOMPARE(dialog.choice().target, folder.filePath("sub/new.json"));
    }

    // ---- The import dialog

    void theDialogReadsAndShowsWhatIsInIt()
    {
        Source project;
        project.draw(0, 900);
        QTemporaryDir folder;
        ImportDialog dialog(project.document.snapshot(), nullptr);
        dialog.show();
        auto *pages = dialog.findChild<QStackedWidget *>("pages");
        auto *button = dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
        QCOMPARE(pages->currentIndex(), 0);
        QVERIFY(!button->isEnabled());
        dialog.setInput(write(folder, "coco.json", cocoFile()));
        QTRY_VERIFY_WITH_TIMEOUT(dialog.reading(), 20'000);
        QCOMPARE(dialog.findChild<QComboBox *>("format")->currentData().toString(),
                 QStringLiteral("coco"));
        QVERIFY(button->isEnabled());
        const ImportPreview &preview = dialog.reading()->preview;
        QCOMPARE(preview.objects, std::size_t(2));
        QCOMPARE(preview.elsewhere, std::size_t(1));
        QCOMPARE(preview.occupied, std::size_t(1));
        QString shown;
        QTest::qWait(20); // for the layout
        for (const QLabel *label : pages->currentWidget()->findChildren<QLabel *>()) {
            shown += label->text() + '\n';
            QVERIFY2(label->height() >= label->heightForWidth(label->width()),
                     qPrintable(label->text())); // nothing is cut off
        }
        QVERIFY2(shown.contains("2 objects") && shown.contains("other.png") &&
                     shown.contains("new: cat, dog") && shown.contains("1 of the pictures"),
                 qPrintable(shown));
        QVERIFY(dialog.existing() == ExistingObjects::Add);
        dialog.findChild<QRadioButton *>("skip")->setChecked(true);
        QVERIFY(dialog.existing() == ExistingObjects::Skip);
    }

    void aFileOfNoKnownFormatAsksForIt()
    {
        Source project;
        QTemporaryDir folder;
        ImportDialog dialog(project.document.snapshot(), nullptr);
        dialog.setInput(write(folder, "what.json", R"({"images": [], "no": 1})"));
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.isReading(), 20'000);
        auto *problem = dialog.findChild<QLabel *>("problem");
        QVERIFY2(problem->text().contains("not recognised"), qPrintable(problem->text()));
        dialog.setFormat(QStringLiteral("coco"));
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.isReading(), 20'000);
        // Read, and told either way; nothing to import.
        QVERIFY(!dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->isEnabled());
    }

    void aFileThatIsBrokenIsTold()
    {
        Source project;
        QTemporaryDir folder;
        ImportDialog dialog(project.document.snapshot(), nullptr);
        dialog.setInput(write(folder, "cut.json", cocoFile().left(300) + "}"));
        dialog.setFormat(QStringLiteral("coco"));
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.isReading(), 20'000);
        auto *problem = dialog.findChild<QLabel *>("problem");
        QVERIFY2(problem->text().contains("cut.json"), qPrintable(problem->text()));
        QVERIFY(!dialog.reading());
    }

    void readingCanBeStopped()
    {
        Source project;
        QTemporaryDir folder;
        QByteArray many = cocoFile();
        many.chop(2);
        for (int i = 10; i < 200'000; ++i)
            many += R"(,{"id": )" + QByteArray::number(i) +
                    R"(, "image_id": 5, "category_id": 2, "segmentation": [[1,1,9,1,9,9,1,9]]})";
        many += "]}";
        ImportDialog dialog(project.document.snapshot(), nullptr);
        dialog.show();
        dialog.setInput(write(folder, "many.json", many));
        QVERIFY(dialog.isReading());
        dialog.findChild<QPushButton *>("stop")->click();
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.isReading(), 20'000);
        auto *problem = dialog.findChild<QLabel *>("problem");
        QVERIFY2(problem->text().contains("stopped"), qPrintable(problem->text()));
    }

    void whatIsWrongInAFileIsListed()
    {
        ImportReading reading;
        reading.findings.add({exporters::Severity::Error, "rle-size", "t.json", "annotations[3]",
                              "The mask has no pixels."});
        reading.annotations.missing = {"x.png"};
        const QStringList lines = importProblems(reading);
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].contains("annotations[3]") && lines[1].contains("x.png"));
    }
};

QTEST_MAIN(TestInterchange)
#include "tst_interchange.moc"
