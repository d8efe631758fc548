// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle_measure.h"
#include "export/formats.h"
#include "export/splits.h"

#include <QDir>
#include <QDirIterator>
#include <QImage>
#include <QTemporaryDir>
#include <QtTest>

#include <functional>
#include <map>
#include <random>
#include <set>

using exporters::Format;

namespace
{

/// Discs in cells of their own, so that none overlaps another: every format can hold them. With
/// `torn`, with holes and crumbs.
core::Mask cellMask(core::Size size, int cell, bool torn, std::mt19937 &random)
{
    core::Mask mask(size);
    const int side = 16;
    const int left = cell % 3 * side;
    const int top = cell / 3 * side;
    for (int y = 1; y < side - 1; ++y)
        for (int x = 1; x < side - 1; ++x)
            if ((x - 8) * (x - 8) + (y - 8) * (y - 8) < 36 && !(torn && random() % 6 == 0))
                mask.set(left + x, top + y);
    return mask;
}

core::Dataset dataset(bool torn)
{
    std::mt19937 random(11);
    core::Dataset made;
    made.categories = {{1, "cat", "", 0}, {2, "dog", "", 0}};
    core::Id id = 0;
    for (core::Id image = 1; image <= 4; ++image) {
        made.images.push_back({image, "picture_" + std::to_string(image) + ".png", {48, 32}});
        exporters::setSplit(made.images.back(), image % 2 ? "train" : "val");
        for (int cell = 0; cell < 6; ++cell) {
            const core::Mask mask = cellMask({48, 32}, cell, torn, random);
            made.annotations.push_back({++id, image, 1 + id % 2, core::encode(mask)});
            made.annotations.back().track = id; // for formats of sequences
        }
    }
    return made;
}

/// What pixels there are in the pictures, told apart by the picture's name without folders and
/// ending, and by the category's name.
std::map<std::string, std::multiset<std::vector<std::uint32_t>>> pixels(const core::Dataset &read)
{
    std::map<core::Id, std::string> images, categories;
    for (const core::ImageRecord &image : read.images) {
        const std::string stem = std::filesystem::path(image.fileName).stem().string();
        images[image.id] = stem.substr(0, stem.find("_leftImg8bit")); // Cityscapes' copies have it
    }
    for (const core::Category &category : read.categories)
        categories[category.id] = category.name;
    std::map<std::string, std::multiset<std::vector<std::uint32_t>>> found;
    for (const core::Annotation &annotation : read.annotations)
        found[images.at(annotation.imageId) + " " + categories.at(annotation.categoryId)].emplace(
            annotation.mask.counts.begin(), annotation.mask.counts.end());
    return found;
}

const std::set<std::string> boxFormats{"yolo-det", "yolo-obb", "dota"};

} // namespace

/// What holds of every format that is both written and read, without knowing any of them.
class TestFormatRoundTrips : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    exporters::ReadResult written(const Format &format, const core::Dataset &dataset,
                                  const char *name, const exporters::WriteOptions &options = {})
    {
        const std::filesystem::path target =
            m_folder.filePath(name + QString::fromUtf8(format.extension().data())).toStdString();
        exporters::WriteOptions write = options;
        write.pictures = exporters::Pictures::Copy;
        write.imageFolder = m_folder.filePath("pictures").toStdString();
        exporters::DatasetSource source(dataset);
        const auto summary = format.write(source, target, write);
        if (summary.annotations != dataset.annotations.size())
            qWarning("only %zu written", summary.annotations);
        if (exporters::recogniseFormat(target) != &format)
            qWarning("not recognised"); // some cannot be told; read() must do all the same
        return format.read(target, {write.imageFolder});
    }

    void forEach(const std::function<void(const Format &)> &check)
    {
        for (const auto &format : exporters::allFormats())
            if (format->canRead() && format->canWrite())
                check(*format);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(QDir(m_folder.path()).mkdir("pictures"));
        QImage picture(48, 32, QImage::Format_RGB32);
        picture.fill(Qt::gray);
        for (int i = 1; i <= 4; ++i)
            QVERIFY(
                picture.save(m_folder.filePath(QStringLiteral("pictures/picture_%1.png").arg(i))));
    }

    void everyPixelComesBack_data()
    {
        QTest::addColumn<QString>("format");
        forEach([](const Format &format) {
            if (!boxFormats.contains(std::string(format.name())))
                QTest::newRow(std::string(format.name()).c_str())
                    << QString::fromStdString(std::string(format.name()));
        });
    }
    void everyPixelComesBack()
    {
        QFETCH(QString, format);
        const Format &tested = *exporters::findFormat(format.toStdString());
        for (const bool torn : {false, true}) {
            core::Dataset expected = dataset(torn);
            const auto result =
                written(tested, expected, qPrintable(format + (torn ? "-torn" : "-whole")));
            QCOMPARE(result.findings.errors(), std::size_t(0));
            if (format == "sa1b") { // has no categories
                for (core::Category &category : expected.categories)
                    category.name = "object";
            }
            if (format == "coco-results") { // speaks in ids alone
                for (core::Category &category : expected.categories)
                    category.name = "category " + std::to_string(category.id);
                for (core::ImageRecord &image : expected.images)
                    image.fileName = std::to_string(image.id);
            }
            QVERIFY(pixels(result.dataset) == pixels(expected));
        }
    }

    void boxesComeBack_data()
    {
        QTest::addColumn<QString>("format");
        for (const std::string &name : boxFormats)
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
    void boxesComeBack()
    {
        QFETCH(QString, format);
        const core::Dataset expected = dataset(false);
        const auto result = written(*exporters::findFormat(format.toStdString()), expected,
                                    qPrintable(format + "-boxes"));
        QCOMPARE(result.findings.errors(), std::size_t(0));
        QCOMPARE(result.dataset.images.size(), expected.images.size());
        QCOMPARE(result.dataset.annotations.size(), expected.annotations.size());
    }

    void splitsComeBackWhereAFormatKnowsThem_data()
    {
        QTest::addColumn<QString>("format");
        forEach([](const Format &format) {
            if (format.knowsSplits())
                QTest::newRow(std::string(format.name()).c_str())
                    << QString::fromStdString(std::string(format.name()));
        });
    }
    void splitsComeBackWhereAFormatKnowsThem()
    {
        QFETCH(QString, format);
        exporters::WriteOptions options;
        options.split = [](const core::ImageRecord &image) {
            return image.id == 3 ? "val" : "train";
        };
        const auto result = written(*exporters::findFormat(format.toStdString()), dataset(false),
                                    qPrintable(format + "-split"), options);
        QCOMPARE(result.dataset.images.size(), std::size_t(4));
        for (const core::ImageRecord &image : result.dataset.images) {
            const bool isThird = image.fileName.find("picture_3") != std::string::npos;
            QCOMPARE(exporters::splitOf(image), std::string(isThird ? "val" : "train"));
        }
    }

    void theSameBytesTwice_data() { everyPixelComesBack_data(); }
    void theSameBytesTwice()
    {
        QFETCH(QString, format);
        const Format &tested = *exporters::findFormat(format.toStdString());
        std::vector<std::map<QString, QByteArray>> contents(2);
        for (int run = 0; run < 2; ++run) {
            const QString target =
                m_folder.filePath(QStringLiteral("same%1/%2").arg(run).arg(format));
            QVERIFY(QDir().mkpath(QFileInfo(target).path()));
            const core::Dataset given = dataset(true);
            exporters::DatasetSource source(given);
            tested.write(source, target.toStdString());
            if (QFileInfo(target).isFile()) {
                QFile file(target);
                QVERIFY(file.open(QIODevice::ReadOnly));
                contents[std::size_t(run)][""] = file.readAll();
            }
            for (QDirIterator files(target, QDir::Files, QDirIterator::Subdirectories);
                 files.hasNext();) {
                QFile file(files.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                contents[std::size_t(run)][QDir(target).relativeFilePath(file.fileName())] =
                    file.readAll();
            }
        }
        QVERIFY(!contents[0].empty());
        QVERIFY(contents[0] == contents[1]);
    }
};

QTEST_GUILESS_MAIN(TestFormatRoundTrips)
#include "tst_format_round_trips.moc"
