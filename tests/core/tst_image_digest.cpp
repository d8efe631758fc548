// SPDX-License-Identifier: Apache-2.0
#include "core/geometry/image_digest.h"

#include <QSet>
#include <QtTest>

class TestImageDigest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyBitAndTheSizeCount()
    {
        core::Image image({3, 2});
        QSet<QString> seen{QString::fromStdString(core::imageDigest(image.view()))};
        for (auto &byte : image.pixels) {
            for (int bit = 0; bit < 8; ++bit) {
                byte ^= std::uint8_t(1 << bit);
                seen.insert(QString::fromStdString(core::imageDigest(image.view())));
                byte ^= std::uint8_t(1 << bit);
            }
        }
        seen.insert(QString::fromStdString(core::imageDigest(core::Image({2, 3}).view())));
        seen.insert(QString::fromStdString(core::imageDigest(core::Image({6, 1}).view())));
        QCOMPARE(seen.size(), 1 + 18 * 8 + 2);
    }

    void rowsMayBePadded()
    {
        core::Image image({3, 2});
        std::vector<std::uint8_t> padded(2 * 16, 99);
        for (int i = 0; i < 9; ++i) {
            image.row(0)[i] = padded[std::size_t(i)] = std::uint8_t(i);
            image.row(1)[i] = padded[std::size_t(16 + i)] = std::uint8_t(50 + i);
        }
        QCOMPARE(core::imageDigest({padded.data(), {3, 2}, 16}), core::imageDigest(image.view()));
    }
};

QTEST_APPLESS_MAIN(TestImageDigest)
#include "tst_image_digest.moc"
