// SPDX-License-Identifier: Apache-2.0
#include "core/file/shard.h"

#include <QtTest>

#include <array>

class TestShard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hashIsTheOneThatIsPublished()
    {
        // From the tables of FNV's authors.
        QCOMPARE(core::fnv1a(""), 0xcbf29ce484222325ULL);
        QCOMPARE(core::fnv1a("a"), 0xaf63dc4c8601ec8cULL);
        QCOMPARE(core::fnv1a("foobar"), 0x85944171f73967e8ULL);
        // Shards of one job may be done by different versions: these never change.
        QCOMPARE(core::stableHash(""), 0xefd01f60ba992926ULL);
        QCOMPARE(core::stableHash("img1.png"), 0x6b8c30c5e2fbaf43ULL);
    }

    void everyNameIsInOneShard_data()
    {
        QTest::addColumn<int>("step");
        QTest::newRow("one after the other") << 1;
        QTest::newRow("every fourth frame") << 4;
        QTest::newRow("every sixteenth frame") << 16;
    }

    void everyNameIsInOneShard()
    {
        QFETCH(int, step);
        std::array<int, 4> counts = {};
        for (int i = 0; i < 4000; ++i) {
            const std::string name = "photo_" + std::to_string(i * step) + ".jpg";
            int shards = 0;
            for (unsigned index = 1; index <= 4; ++index) {
                if (core::Shard{index, 4}.contains(name)) {
                    ++shards;
                    ++counts[index - 1];
                }
            }
            QCOMPARE(shards, 1);
            QVERIFY(core::Shard().contains(name));
        }
        for (const int count : counts) // a fair draw gives 1000 +- 27
            QVERIFY2(count > 850 && count < 1150, qPrintable(QString::number(count)));
    }
};

QTEST_GUILESS_MAIN(TestShard)
#include "tst_shard.moc"
