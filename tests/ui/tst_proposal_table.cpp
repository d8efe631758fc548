// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/proposal_table.h"

#include <QtTest>

#include <ctime>
#include <random>
#include <utility>

using namespace ui;

class TestProposalTable : public QObject
{
    Q_OBJECT

private:
    static project::ProposalPointer proposal(core::Id id, double score, core::Id image = 1)
    {
        return std::make_shared<const project::ProposalRecord>(
            project::ProposalRecord{id, image, "car", score, {0, 0, 2, 2}, {}});
    }
    static std::vector<core::Id> ids(const ProposalTable &table)
    {
        std::vector<core::Id> list;
        for (std::size_t rank = 0; rank < table.count(); ++rank)
            list.push_back(table.at(rank)->id);
        return list;
    }

private Q_SLOTS:
    void theWorstComesFirst()
    {
        const ProposalTable table(
            {proposal(1, 0.9), proposal(2, 0.1, 2), proposal(3, 0.9, 2), proposal(4, -5)});
        QCOMPARE(ids(table), (std::vector<core::Id>{4, 2, 1, 3}));
        QCOMPARE(table.rankOf(*proposal(1, 0.9)), std::size_t(2));
        QVERIFY(table.contains(*proposal(3, 0.9)) && !table.contains(*proposal(5, 0.9)));
        QCOMPARE(table.rankOf(*proposal(5, 2)), std::size_t(4)); // where it would be
        const auto second = table.ofImage(2);
        QCOMPARE(second.size(), std::size_t(2));
        QCOMPARE(second[0]->id, core::Id(2));
        QVERIFY(table.ofImage(3).empty());
    }

    void anEditSwappedTakesItBack()
    {
        const auto kept = proposal(1, 0.5), gone = proposal(2, 0.3);
        ProposalTable table({kept, gone});
        ProposalEdit edit{{proposal(3, 0.4), proposal(4, 0.2)}, {gone}};
        table.apply(edit);
        QCOMPARE(ids(table), (std::vector<core::Id>{4, 3, 1}));
        std::swap(edit.put, edit.taken);
        table.apply(edit);
        QCOMPARE(ids(table), (std::vector<core::Id>{2, 1}));
    }

    void aHundredThousandCostLittle()
    {
        const auto records = std::make_shared<std::vector<project::ProposalRecord>>();
        std::mt19937 random(1);
        for (core::Id id = 1; id <= 100'000; ++id)
            records->push_back({id, id % 500, "car", double(random() % 1000) / 1000, {}, {}});
        std::ranges::stable_sort(*records, {}, &project::ProposalRecord::score);
        ProposalEdit import;
        for (std::size_t i = 0; i < records->size(); ++i) {
            (*records)[i].id = core::Id(i + 1);
            import.put.emplace_back(records, &(*records)[i]);
        }
        ProposalTable table({proposal(200'000, 0.5)});
        std::clock_t begin = std::clock();
        const auto computed = [&begin] { // milliseconds, whatever else the machine does
            const std::clock_t now = std::clock();
            return (now - std::exchange(begin, now)) * 1000 / CLOCKS_PER_SEC;
        };
        table.apply(import);
        const auto joined = computed();
        table.apply({{}, {table.at(50'000)}});
        const auto taken = computed();
        std::size_t seen = 0;
        for (core::Id image = 0; image < 20; ++image)
            seen += table.ofImage(image).size();
        const auto looked = computed();
        QCOMPARE(table.count(), std::size_t(100'000));
        QVERIFY(seen > 3900);
        qInfo("%ld ms to join, %ld ms to take one, %ld ms for 20 pictures", joined, taken, looked);
        // Guards, not measures.
        QVERIFY(joined < 500 && taken < 200 && looked < 500);
    }
};

QTEST_APPLESS_MAIN(TestProposalTable)
#include "tst_proposal_table.moc"
