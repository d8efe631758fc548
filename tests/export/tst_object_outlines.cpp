// SPDX-License-Identifier: Apache-2.0
#include "../core/random_masks.h"
#include "core/mask/rle_measure.h"
#include "core/mask/rle_merge.h"
#include "core/mask/rle_polygon.h"
#include "dataset_folder.h"
#include "export/outlines/object_outlines.h"

#include <QtTest>

#include <cmath>

using exporters::ObjectOutlines;

namespace
{

core::Rle filled(const core::Ring &ring, core::Size size)
{
    return core::withoutEmptyRuns(core::rleFromPolygon(ring, size));
}

core::Rle disc(int radius)
{
    core::Mask mask({2 * radius + 3, 2 * radius + 3});
    for (int y = 0; y < mask.size.height; ++y)
        for (int x = 0; x < mask.size.width; ++x)
            mask.set(x, y, std::hypot(x - radius - 1, y - radius - 1) <= radius);
    return core::encode(mask);
}

} // namespace

class TestObjectOutlines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bridgedLosesNothing()
    {
        const exporters::WriteOptions options;
        exporters::WriteSummary summary;
        ObjectOutlines outlines(options, summary);
        std::mt19937 random(3);
        for (int round = 0; round < 200; ++round) {
            const core::Rle mask = core::encode(randomMask({17, 13}, random));
            QCOMPARE(filled(outlines.ringOf(mask), mask.size), mask);
        }
        outlines.tell();
        QVERIFY(summary.losses.empty());
    }

    void theLargestPartIsToldByItsPixels()
    {
        // The ring around the hole spans more, but has fewer pixels.
        const core::Rle mask = core::encode(drawn("#####....\n"
                                                  "#...#.###\n"
                                                  "#...#.###\n"
                                                  "#...#.###\n"
                                                  "#####.###\n"
                                                  "......###\n"
                                                  "......###\n"));
        exporters::WriteOptions options;
        options.parts = exporters::PartsForm::Largest;
        exporters::WriteSummary summary;
        ObjectOutlines outlines(options, summary);
        QCOMPARE(outlines.ringOf(mask), (core::Ring{6, 1, 9, 1, 9, 7, 6, 7}));
        QCOMPARE(lossOf(summary, "objects lost all parts but their largest"), std::size_t(1));
        const core::Rle ring = core::encode(drawn("###\n#.#\n###\n"));
        QCOMPARE(outlines.ringOf(ring), (core::Ring{0, 0, 3, 0, 3, 3, 0, 3}));
        QCOMPARE(lossOf(summary, "objects had their holes filled"), std::size_t(1));
        QCOMPARE(summary.losses.size(), std::size_t(2));
    }

    void simplifyingTellsWhatItCosts()
    {
        exporters::WriteOptions options;
        options.simplify = 1;
        exporters::WriteSummary summary;
        ObjectOutlines outlines(options, summary);
        double lowest = 1;
        for (const int radius : {12, 30}) {
            const core::Rle mask = disc(radius);
            const core::Ring ring = outlines.ringOf(mask);
            QVERIFY(ring.size() < core::bridgedRing(core::outlineParts(mask)).size() / 2);
            lowest = std::min(lowest, core::iou(filled(ring, mask.size), mask));
        }
        const core::Rle block{{4, 4}, {5, 2, 2, 2, 5}}; // four corners are four corners
        QCOMPARE(filled(outlines.ringOf(block), block.size), block);
        outlines.tell();
        QCOMPARE(summary.losses.size(), std::size_t(1));
        QCOMPARE(summary.losses[0].count, std::size_t(2));
        const double told =
            std::stod(summary.losses[0].what.substr(summary.losses[0].what.rfind(' ') + 1));
        QVERIFY(told <= lowest && told > lowest - 0.001);
    }

    void noToleranceLosesAnObject()
    {
        exporters::WriteOptions options;
        options.simplify = 1e6;
        exporters::WriteSummary summary;
        ObjectOutlines outlines(options, summary);
        std::mt19937 random(5);
        for (int round = 0; round < 300; ++round) {
            const core::Rle mask = core::encode(randomMask({15, 11}, random));
            const core::Ring ring = outlines.ringOf(mask);
            QCOMPARE(ring.empty(), core::area(mask) == 0);
            QCOMPARE(core::area(core::rleFromPolygon(ring, mask.size)) == 0, ring.empty());
        }
    }
};

QTEST_GUILESS_MAIN(TestObjectOutlines)
#include "tst_object_outlines.moc"
