// SPDX-License-Identifier: Apache-2.0
// The parts of importing and exporting without a window round them.
#include "drawn_project.h"
#include "ui/widgets/background_task.h"
#include "ui/widgets/export_task.h"
#include "ui/widgets/interchange/import_words.h"
#include "ui/widgets/interchange/snapshot_source.h"
#include "ui/widgets/settings.h"

#include <QColor>
#include <QDir>
#include <QDirIterator>
#include <QSet>
#include <QSettings>
#include <QtTest>

#include <optional>
#include <stdexcept>
#include <thread>

using namespace ui;

namespace
{

std::filesystem::path pathOf(const QString &file)
{
    return std::filesystem::path(file.toStdU16String());
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
        DrawnProject project;
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
        DrawnProject project;
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
        DrawnProject project;
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

    void countsOfAProjectWithoutObjectsArePlain()
    {
        const QString text = countSentence({0, 1, 1, 2, 0});
        QVERIFY2(text.contains("1 picture") && !text.contains("of them"), qPrintable(text));
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
