// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/annotation_table.h"

#include <QtTest>

#include <map>
#include <random>
#include <set>

using namespace ui;
using project::AnnotationPointer;

/// Against maps, which are slow and plain.
class TestAnnotationTable : public QObject
{
    Q_OBJECT

private:
    using Plain = std::map<core::Id, AnnotationPointer>;

    static AnnotationPointer annotation(core::Id id, core::Id image, core::Id category = 1)
    {
        project::AnnotationRecord record;
        record.annotation = {id, image, category, {}, false};
        return std::make_shared<const project::AnnotationRecord>(std::move(record));
    }

    static void compare(const AnnotationTable &table, const Plain &plain)
    {
        QCOMPARE(table.all().size(), plain.size());
        QCOMPARE(table.all().empty(), plain.empty());
        auto expected = plain.begin();
        for (const AnnotationPointer &record : table.all())
            QCOMPARE(record, (expected++)->second);
        QVERIFY(expected == plain.end());
        std::map<core::Id, std::vector<AnnotationPointer>> ofImage;
        for (const auto &[id, record] : plain) {
            QCOMPARE(table.find(id), record);
            ofImage[record->annotation.imageId].push_back(record);
        }
        for (core::Id image = 0; image <= 40; ++image) {
            QCOMPARE(table.ofImage(image), ofImage[image]);
            QCOMPARE(table.countOfImage(image), int(ofImage[image].size()));
        }
        if (!plain.empty())
            QCOMPARE(table.all().back(), plain.rbegin()->second);
    }

    /// What the edit does to the map, which says what the edit is to say afterwards.
    static AnnotationEdit exchange(Plain &plain, const AnnotationEdit &edit,
                                   std::set<core::Id> &images)
    {
        AnnotationEdit before;
        for (const auto &[id, record] : edit) {
            const auto old = plain.find(id);
            before[id] = old == plain.end() ? nullptr : old->second;
            for (const AnnotationPointer &one : {before[id], record}) {
                if (one)
                    images.insert(one->annotation.imageId);
            }
            if (record)
                plain[id] = record;
            else
                plain.erase(id);
        }
        return before;
    }

private Q_SLOTS:
    void editsAreLikeThoseOfAMap()
    {
        std::mt19937 random(1);
        AnnotationTable table;
        Plain plain;
        core::Id next = 1;
        for (int round = 0; round < 400; ++round) {
            AnnotationEdit edit;
            const bool isLarge = round % 20 == 0;
            const unsigned count = isLarge ? random() % 6000 : random() % 4;
            for (unsigned i = 0; i < count; ++i) {
                // New ones, others in their place or their image's, and ones that go.
                const core::Id id = random() % 3 == 0 || plain.empty()
                                        ? next++
                                        : core::Id(1 + random() % unsigned(next + 2));
                edit[id] = random() % 4 == 0 ? nullptr : annotation(id, core::Id(random() % 40));
            }
            if (round % 50 == 49) { // nearly all of them go
                for (const auto &[id, record] : plain) {
                    if (random() % 500 != 0)
                        edit[id] = nullptr;
                }
            }
            for (const auto &[id, record] : edit)
                next = std::max(next, id + 1);
            const AnnotationList copy = table.all();
            const std::vector<AnnotationPointer> copied = copy.toVector();

            std::set<core::Id> images;
            const AnnotationEdit expected = exchange(plain, edit, images);
            QCOMPARE(table.exchange(edit), std::vector(images.begin(), images.end()));
            QVERIFY(std::ranges::equal(edit, expected, [](const auto &a, const auto &b) {
                return a.id == b.id && a.record == b.record;
            }));
            compare(table, plain);
            QCOMPARE(copy.toVector(), copied); // stays as it was
            if (round % 3 == 0) {              // and back
                exchange(plain, edit, images);
                table.exchange(edit);
                compare(table, plain);
            }
            if (QTest::currentTestFailed())
                return;
        }
    }

    void aTableIsMadeOfWhatAnotherHolds()
    {
        std::vector<AnnotationPointer> records;
        Plain plain;
        for (core::Id id = 3; id < 5000; id += 2) {
            records.push_back(annotation(id, id % 40, id % 3));
            plain[id] = records.back();
        }
        const AnnotationTable table(records);
        compare(table, plain);
        QVERIFY(!table.find(2) && !table.find(4) && !table.find(5001));
        std::erase_if(plain,
                      [](const auto &entry) { return entry.second->annotation.categoryId != 2; });
        const std::vector<AnnotationPointer> found = table.ofCategory(2);
        QCOMPARE(found.size(), plain.size());
        QVERIFY(std::ranges::equal(found, plain, [](const auto &record, const auto &entry) {
            return record == entry.second;
        }));
    }

    void anEditIsInOrderOfIdHoweverItComes()
    {
        AnnotationEdit edit;
        for (const core::Id id : {5, 1, 3, 9, 1, 7})
            edit[id] = annotation(id, 1);
        QCOMPARE(edit.size(), std::size_t(5));
        std::vector<core::Id> ids;
        for (const AnnotationEntry &entry : edit)
            ids.push_back(entry.id);
        QCOMPARE(ids, (std::vector<core::Id>{1, 3, 5, 7, 9}));
        QVERIFY(edit.contains(7) && !edit.contains(8) && !edit.contains(10));
    }
};

QTEST_APPLESS_MAIN(TestAnnotationTable)
#include "tst_annotation_table.moc"
