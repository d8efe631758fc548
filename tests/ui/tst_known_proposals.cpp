// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/known_proposals.h"

#include "core/error.h"
#include "picture_folder.h"

#include <QtTest>

using namespace ui;
using project::ProposalRecord;

class TestKnownProposals : public QObject
{
    Q_OBJECT

private:
    static ProposalRecord box(core::Box where, const char *category = "car", core::Id image = 1)
    {
        return {0, image, category, 0.5, where, {}};
    }
    static ProposalRecord mask(core::Rle mask, core::Id image = 1)
    {
        return {0, image, "car", 0.5, {0, 0, 9, 9}, std::move(mask)};
    }
    static ProposalTable waiting(std::vector<ProposalRecord> records)
    {
        std::vector<project::ProposalPointer> pointers;
        for (ProposalRecord &record : records) {
            record.id = core::Id(pointers.size() + 1);
            pointers.push_back(std::make_shared<const ProposalRecord>(std::move(record)));
        }
        return ProposalTable(pointers);
    }
    static std::vector<project::AnnotationPointer> object(core::Rle mask, core::Id image = 1)
    {
        project::AnnotationRecord record;
        record.annotation = {1, image, 1, std::move(mask), false};
        return {std::make_shared<const project::AnnotationRecord>(std::move(record))};
    }
    /// Columns 10 to 10 + width of all rows.
    static core::Rle columns(unsigned width)
    {
        constexpr unsigned height = PictureFolder::height;
        return runMask(10 * height, width * height);
    }

private Q_SLOTS:
    void theSameOnesAreNotAddedTwice()
    {
        const std::vector<ProposalRecord> file{box({1, 2, 3, 4}), box({1, 2, 3, 5}),
                                               mask(runMask(3, 5)), mask(runMask(4, 5))};
        std::vector<ProposalRecord> records = file;
        const KnownProposals known = dropKnown(records, waiting(file), {});
        QVERIFY(records.empty());
        QCOMPARE(known.waiting, std::size_t(4));
        QCOMPARE(known.objects, std::size_t(0));
    }

    void oneThatDiffersIsNew_data()
    {
        QTest::addColumn<int>("which");
        QTest::newRow("in its picture") << 0;
        QTest::newRow("in its category") << 1;
        QTest::newRow("in its box") << 2;
        QTest::newRow("in its mask") << 3;
    }

    void oneThatDiffersIsNew()
    {
        QFETCH(int, which);
        ProposalRecord other = mask(runMask(3, 5));
        const ProposalTable present = waiting({other});
        if (which == 0)
            other.imageId = 2;
        else if (which == 1)
            other.category = "dog";
        else if (which == 2)
            other.box.x1 += 1e-9;
        else
            other.mask = runMask(3, 6);
        std::vector<ProposalRecord> records{other};
        dropKnown(records, present, {});
        QCOMPARE(records.size(), std::size_t(1));
    }

    void anotherScoreIsNoOtherProposal()
    {
        ProposalRecord again = box({1, 2, 3, 4});
        const ProposalTable present = waiting({again});
        again.score = 0.9;
        std::vector<ProposalRecord> records{again};
        QCOMPARE(dropKnown(records, present, {}).waiting, std::size_t(1));
    }

    void whatIsAnObjectAlreadyNeedsNoProposal_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<core::Id>("image");
        QTest::addColumn<bool>("isKnown");
        // The object is 20 columns wide.
        QTest::newRow("the same") << 20 << core::Id(1) << true;
        QTest::newRow("nine tenths of it") << 18 << core::Id(1) << true;
        QTest::newRow("less") << 17 << core::Id(1) << false;
        QTest::newRow("more than it") << 23 << core::Id(1) << false;
        QTest::newRow("the same in another picture") << 20 << core::Id(2) << false;
    }

    void whatIsAnObjectAlreadyNeedsNoProposal()
    {
        QFETCH(int, width);
        QFETCH(core::Id, image);
        QFETCH(bool, isKnown);
        std::vector<ProposalRecord> records{
            mask(columns(unsigned(width)), image),
            box({9.5, -0.5, 9.5 + width, PictureFolder::height - 0.5}, "dog", image)};
        const KnownProposals known = dropKnown(records, {}, object(columns(20)));
        QCOMPARE(known.objects, std::size_t(isKnown ? 2 : 0));
        QCOMPARE(records.size(), std::size_t(isKnown ? 0 : 2));
    }

    void anObjectOfAnotherSizeIsNoReasonToStop()
    {
        std::vector<ProposalRecord> records{mask(columns(20))};
        dropKnown(records, {}, object({{5, 4}, {0, 20}}));
        QCOMPARE(records.size(), std::size_t(1));
    }

    void theOrderStays()
    {
        std::vector<ProposalRecord> records{box({1, 1, 2, 2}), box({2, 1, 3, 2}),
                                            box({3, 1, 4, 2})};
        dropKnown(records, waiting({records[1]}), {});
        QCOMPARE(records.size(), std::size_t(2));
        QVERIFY(records[0].box.x0 == 1 && records[1].box.x0 == 3);
    }

    void itCanBeStopped()
    {
        std::stop_source stop;
        stop.request_stop();
        std::vector<ProposalRecord> records{box({1, 1, 2, 2})};
        QVERIFY_EXCEPTION_THROWN(dropKnown(records, {}, {}, stop.get_token()), core::Error);
    }
};

QTEST_GUILESS_MAIN(TestKnownProposals)
#include "tst_known_proposals.moc"
