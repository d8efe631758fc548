// SPDX-License-Identifier: Apache-2.0
#include "core/cache/embedding_folder.h"

#include "core/error.h"
#include "tests/as_nobody.h"

#include <QtTest>

#include <csignal>
#include <fstream>
#include <sys/resource.h>

namespace fs = std::filesystem;

namespace
{

core::EmbeddingKey keyOf(int number)
{
    return {std::to_string(number), {}, "weights", "fp32"};
}

std::vector<std::byte> bytesOf(int number, std::size_t count = 1000)
{
    std::vector<std::byte> bytes(count);
    for (std::size_t i = 0; i < count; ++i)
        bytes[i] = std::byte(i * 7 + std::size_t(number));
    return bytes;
}

constexpr std::uint64_t plenty = 1'000'000;

} // namespace

class TestEmbeddingFolder : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_directory;

    core::EmbeddingFolder folder() const
    {
        return core::EmbeddingFolder(m_directory->filePath("a/b").toStdString());
    }
    fs::path onlyFile() const { return fs::directory_iterator(folder().path())->path(); }
    bool isKept(int number) const
    {
        const core::EmbeddingBytes found = folder().find(keyOf(number));
        return found && *found == bytesOf(number);
    }
    void setUsed(int number, int secondsAgo) const
    {
        const QDir before(QString::fromStdString(folder().path().string()));
        const QStringList old = before.entryList(QDir::Files);
        folder().insert(keyOf(number), bytesOf(number), plenty);
        for (const QString &name : before.entryList(QDir::Files)) {
            if (!old.contains(name))
                fs::last_write_time(before.filePath(name).toStdString(),
                                    fs::file_time_type::clock::now() -
                                        std::chrono::seconds(secondsAgo));
        }
    }

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void whatIsPutThereIsFoundAgain()
    {
        QVERIFY(!folder().find(keyOf(1)));
        QCOMPARE(folder().byteSize(), std::uint64_t(0));
        folder().insert(keyOf(1), bytesOf(1), plenty);
        folder().insert(keyOf(2), bytesOf(2), plenty);
        QVERIFY(isKept(1) && isKept(2));
        QVERIFY(folder().contains(keyOf(1)) && !folder().contains(keyOf(3)));
        core::EmbeddingKey crop = keyOf(1);
        crop.crop = core::PixelRect{1, 2, 3, 4};
        QVERIFY(!folder().find(crop));
        QVERIFY(folder().byteSize() > 2000);
        folder().trim(0);
        QVERIFY(!isKept(1) && !isKept(2));
        QCOMPARE(folder().byteSize(), std::uint64_t(0));
    }

    void anEmptyEmbeddingIsOneToo()
    {
        folder().insert(keyOf(1), {}, plenty);
        QVERIFY(folder().find(keyOf(1)));
    }

    void damage_data()
    {
        QTest::addColumn<int>("position"); // of the byte that is changed; -1: none
        QTest::addColumn<int>("length");   // of the file; -1: as it is
        for (const int position : {0, 7, 8, 12, 16, 24, 32, 63, 64, 90, 500, 1000})
            QTest::addRow("byte %d", position) << position << -1;
        for (const int length : {0, 1, 63, 64, 90, 500, 1100})
            QTest::addRow("cut to %d", length) << -1 << length;
        QTest::addRow("longer than it was") << -1 << 5000;
    }
    void damage()
    {
        QFETCH(int, position);
        QFETCH(int, length);
        folder().insert(keyOf(1), bytesOf(1), plenty);
        const fs::path file = onlyFile();
        if (length >= 0) {
            QVERIFY(fs::file_size(file) != std::uintmax_t(length));
            fs::resize_file(file, std::uintmax_t(length));
        } else {
            std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
            stream.seekg(position);
            const char old = char(stream.get());
            stream.seekp(position);
            stream.put(char(old ^ 0x10));
        }
        QVERIFY(!folder().find(keyOf(1)));
        QVERIFY(!fs::exists(file));
        folder().insert(keyOf(1), bytesOf(1), plenty);
        QVERIFY(isKept(1));
    }

    void aHeaderThatPromisesTooMuchCostsNoMemory()
    {
        folder().insert(keyOf(1), bytesOf(1), plenty);
        const std::uint64_t promised = std::uint64_t(1) << 60;
        std::fstream stream(onlyFile(), std::ios::in | std::ios::out | std::ios::binary);
        stream.seekp(24);
        stream.write(reinterpret_cast<const char *>(&promised), sizeof promised);
        stream.close();
        QVERIFY(!folder().find(keyOf(1)));
    }

    void anotherKeysFileIsNotTaken()
    {
        folder().insert(keyOf(1), bytesOf(1), plenty);
        const fs::path one = onlyFile();
        const fs::path aside = one.string() + ".aside";
        fs::rename(one, aside);
        folder().insert(keyOf(2), bytesOf(2), plenty);
        fs::rename(aside, one);
        for (const auto &entry : fs::directory_iterator(folder().path())) {
            if (entry.path() != one)
                fs::copy_file(entry.path(), one, fs::copy_options::overwrite_existing);
        }
        QVERIFY(!folder().find(keyOf(1)));
        QVERIFY(isKept(2));
    }

    void aFolderInTheFilesPlaceIsNoFile()
    {
        folder().insert(keyOf(1), bytesOf(1), plenty);
        const fs::path file = onlyFile();
        fs::remove(file);
        fs::create_directories(file / "in the way");
        QVERIFY(!folder().find(keyOf(1)));
    }

    void theLongestUnusedGoFirst()
    {
        for (const int number : {1, 2, 3, 4})
            setUsed(number, 1000 - number); // 1 is the oldest
        QVERIFY(isKept(1));                 // and was used now
        const std::uint64_t each = folder().byteSize() / 4;
        folder().insert(keyOf(5), bytesOf(5), 3 * each + each / 2);
        QCOMPARE(folder().byteSize(), 3 * each);
        QVERIFY(isKept(1) && isKept(4) && isKept(5));
        QVERIFY(!isKept(2) && !isKept(3));
    }

    void whatIsLargerThanTheBudgetIsNotKept()
    {
        folder().insert(keyOf(1), bytesOf(1), plenty);
        folder().insert(keyOf(2), bytesOf(2), 900);
        QVERIFY(isKept(1) && !isKept(2));
    }

    void othersFilesStay()
    {
        folder().insert(keyOf(1), bytesOf(1), plenty);
        const fs::path other = folder().path() / "letter.txt";
        std::ofstream(other) << "dear reader";
        const std::uint64_t size = folder().byteSize();
        folder().trim(0);
        QVERIFY(size < 1200 && fs::exists(other));
    }

    void leftoversOfAKilledProgramGoAfterAWhile()
    {
        folder().insert(keyOf(1), bytesOf(1), plenty);
        const fs::path old = onlyFile().string() + ".part-1-1";
        const fs::path young = onlyFile().string() + ".part-1-2";
        std::ofstream(old) << "half";
        std::ofstream(young) << "half";
        fs::last_write_time(old, fs::file_time_type::clock::now() - std::chrono::hours(2));
        folder().insert(keyOf(2), bytesOf(2), plenty);
        QVERIFY(!fs::exists(old) && fs::exists(young));
    }

    void aReadOnlyFolderIsStillRead()
    {
        folder().insert(keyOf(1), bytesOf(1), plenty);
        constexpr auto readOnly = fs::perms(0555);
        fs::permissions(folder().path(), readOnly);
        fs::permissions(m_directory->path().toStdString(), fs::perms::all);
        bool found = false;
        core::ErrorKind kind = core::ErrorKind::Cancelled;
        try {
            const AsNobody nobody;
            found = bool(folder().find(keyOf(1)));
            folder().insert(keyOf(2), bytesOf(2), plenty);
        } catch (const core::Error &error) {
            kind = error.kind();
        }
        fs::permissions(folder().path(), fs::perms::owner_all);
        QVERIFY(found);
        QCOMPARE(kind, core::ErrorKind::FileUnwritable);
    }

    void aFullDiskIsTold()
    {
        // A limit on a file's size ends a write in the middle, as a full disk does.
        struct rlimit before = {};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        struct rlimit small = before;
        small.rlim_cur = 500;
        const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        bool thrown = false;
        try {
            folder().insert(keyOf(1), bytesOf(1), plenty);
        } catch (const core::Error &) {
            thrown = true;
        }
        ::setrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, ignored);
        QVERIFY(thrown);
        QVERIFY(fs::is_empty(folder().path()));
    }
};

QTEST_GUILESS_MAIN(TestEmbeddingFolder)
#include "tst_embedding_folder.moc"
