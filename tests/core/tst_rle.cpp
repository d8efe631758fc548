// SPDX-License-Identifier: Apache-2.0
#include "core/mask/rle.h"

#include <QtTest>

class TestRle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsColumnsAndStartsWithZeros()
    {
        core::Mask mask({3, 2}); // 1 0 0
        mask.set(0, 0);          // 0 1 1
        mask.set(1, 1);
        mask.set(2, 1);
        const core::Rle rle = core::encode(mask);
        QCOMPARE(rle.counts, (std::vector<std::uint32_t>{0, 1, 2, 1, 1, 1}));
        QVERIFY(core::decode(rle) == mask);
    }
};

QTEST_APPLESS_MAIN(TestRle)
#include "tst_rle.moc"
