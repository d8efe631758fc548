// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/find_moved_picture.h"

#include "core/geometry/image_digest.h"
#include "core/image/image_reader.h"

#include <QImage>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <random>

namespace fs = std::filesystem;

/// The file that has the pixels, and no other.
class TestFindMovedPicture : public QObject
{
    Q_OBJECT

    QTemporaryDir m_place;

    fs::path path(const char *name) const
    {
        return fs::path(m_place.path().toStdU16String()) / fs::path(name);
    }
    fs::path draw(const char *name, unsigned seed, QSize size = {40, 30}) const
    {
        fs::create_directories(path(name).parent_path());
        std::mt19937 random(seed);
        QImage picture(size, QImage::Format_RGB888);
        for (int y = 0; y < size.height(); ++y)
            for (int x = 0; x < 3 * size.width(); ++x)
                picture.scanLine(y)[x] = uchar(random());
        const fs::path file = path(name);
        return picture.save(QString::fromStdU16String(file.u16string())) ? file : fs::path();
    }
    static std::string digestOf(const fs::path &file)
    {
        return core::imageDigest(core::readImage(file).view());
    }

private Q_SLOTS:
    void thePixelsDecide_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("knowsSize");
        QTest::newRow("another name") << "deep/er/renamed.png" << true;
        QTest::newRow("the same name") << "deep/er/a.png" << true;
        QTest::newRow("another format without losses") << "deep/b.bmp" << true;
        QTest::newRow("its size was never noted") << "deep/c.png" << false;
        QTest::newRow("a name in another script") << "deep/\u0444\u043e\u0442\u043e.png" << true;
    }
    void thePixelsDecide()
    {
        QFETCH(QString, name);
        QFETCH(bool, knowsSize);
        fs::remove_all(path(""));
        const fs::path file = draw(name.toUtf8().constData(), 1);
        draw("x/a.png", 2); // the name, other pixels
        draw("x/small.png", 1, {20, 30});
        std::ofstream(path("x/broken.png")) << "no picture";
        const core::ImageRecord image{7, "a.png", knowsSize ? core::Size{40, 30} : core::Size{}};
        const fs::path folders[] = {path("not there"), path("x"), path("")};
        const std::string digest = digestOf(file);
        const auto found = ui::findMovedPicture(image, digest, folders, {});
        QVERIFY(found && fs::equivalent(*found, file));
        fs::remove(file);
        QVERIFY(!ui::findMovedPicture(image, digest, folders, {}));
    }

    void namesThatAreNoTextArePassedOver()
    {
        fs::remove_all(path(""));
        const fs::path file = draw("a/z.png", 1);
        const std::string digest = digestOf(file);
        std::error_code error;
        fs::rename(file, path("a/\xff.png"), error);
        if (error) // a disk that takes no such names: none lies there
            QVERIFY(fs::remove(file));
        const core::ImageRecord image{1, "0.png", {40, 30}};
        const fs::path folders[] = {path("a")};
        QVERIFY(!ui::findMovedPicture(image, digest, folders, {}));
        draw("a/good.png", 1);
        QVERIFY(ui::findMovedPicture(image, digest, folders, {}));
    }

    void itGivesUp()
    {
        fs::remove_all(path(""));
        const fs::path file = draw("a/deep/z.png", 1);
        for (unsigned i = 0; i < 9; ++i)
            draw(("a/" + std::to_string(i) + ".png").c_str(), 10 + i);
        const core::ImageRecord image{1, "0.png", {40, 30}};
        const fs::path folders[] = {path("a")};
        const std::string digest = digestOf(file);
        QVERIFY(ui::findMovedPicture(image, digest, folders, {}));
        QVERIFY(!ui::findMovedPicture(image, digest, folders, {}, {.entries = 5}));
        QVERIFY(!ui::findMovedPicture(image, digest, folders, {}, {.sizes = 9}));
        QVERIFY(!ui::findMovedPicture(image, digest, folders, {}, {.pictures = 9}));
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!ui::findMovedPicture(image, digest, folders, stop.get_token()));
    }
};

QTEST_GUILESS_MAIN(TestFindMovedPicture)
#include "tst_find_moved_picture.moc"
