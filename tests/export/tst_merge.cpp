// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/mask/rle_polygon.h"
#include "export/json/foreign_keys.h"
#include "export/operations/merge.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <set>

using namespace exporters;

namespace
{

constexpr core::Size size{20, 10};

core::Annotation box(core::Id id, core::Id image, core::Id category, double x, double width = 4)
{
    core::Annotation annotation;
    annotation.id = id;
    annotation.imageId = image;
    annotation.categoryId = category;
    annotation.mask = core::rleFromBox(x, 1, width, 5, size);
    return annotation;
}

core::ImageRecord image(core::Id id, const std::string &name, const std::string &foreign = {})
{
    return {id, name, size, foreign};
}

core::Category category(core::Id id, const std::string &name, const std::string &super = {})
{
    return {id, name, super, 0};
}

MergeResult mergeTwo(const core::Dataset &a, const core::Dataset &b, MergeOptions options = {})
{
    return merge({{"a.json", a}, {"b.json", b}}, options);
}

} // namespace

class TestMerge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stops()
    {
        const core::Dataset a{{image(3, "a.png")}, {category(7, "cat")}, {box(5, 3, 7, 0)}};
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(merge({{"a.json", a}}, {}, stop.get_token()), core::Error);
    }

    void keepsIdsThatAreFree()
    {
        const core::Dataset a{{image(3, "a.png")}, {category(7, "cat")}, {box(5, 3, 7, 0)}};
        const core::Dataset b{{image(9, "b.png")}, {category(8, "dog")}, {box(6, 9, 8, 2)}};
        const MergeResult merged = mergeTwo(a, b);
        QCOMPARE(merged.dataset.images, (std::vector{a.images[0], b.images[0]}));
        QCOMPARE(merged.dataset.categories, (std::vector{a.categories[0], b.categories[0]}));
        QCOMPARE(merged.dataset.annotations, (std::vector{a.annotations[0], b.annotations[0]}));
        QCOMPARE(merged.changedIds, std::size_t(0));
        QVERIFY(merged.findings.isEmpty());
    }

    void idsThatAreTakenBecomeTheNextFreeOnes()
    {
        // The ids 1 and 2 of the second file are taken; its 4 is free and stays.
        const core::Dataset a{{image(1, "a1"), image(2, "a2")},
                              {category(1, "cat")},
                              {box(1, 1, 1, 0), box(2, 2, 1, 0)}};
        const core::Dataset b{{image(1, "b1"), image(4, "b4")},
                              {category(1, "dog")},
                              {box(2, 1, 1, 0), box(4, 4, 1, 0)}};
        const MergeResult merged = mergeTwo(a, b);
        QCOMPARE(merged.dataset.images[2].id, core::Id(5));
        QCOMPARE(merged.dataset.images[2].fileName, std::string("b1"));
        QCOMPARE(merged.dataset.images[3].id, core::Id(4));
        QCOMPARE(merged.dataset.categories[1].id, core::Id(2));
        const core::Annotation &moved = merged.dataset.annotations[2];
        QCOMPARE(moved.id, core::Id(5));
        QCOMPARE(moved.imageId, core::Id(5));
        QCOMPARE(moved.categoryId, core::Id(2));
        QCOMPARE(merged.dataset.annotations[3].id, core::Id(4));
        QCOMPARE(merged.changedIds, std::size_t(3));
    }

    void oneNameIsOneImageAndOneCategory()
    {
        const core::Dataset a{{image(1, "same.png", R"({"coco_url":"u"})")},
                              {category(1, "cat", "animal")},
                              {box(1, 1, 1, 0)}};
        const core::Dataset b{{image(8, "same.png", R"({"coco_url":"other","flickr":2})")},
                              {category(5, "cat", "animal"), category(6, "cat", "machine")},
                              {box(1, 8, 5, 10), box(2, 8, 6, 10)}};
        const MergeResult merged = mergeTwo(a, b);
        QCOMPARE(merged.dataset.images.size(), std::size_t(1));
        QCOMPARE(merged.sharedImages, std::size_t(1));
        const auto keys = foreignKeys(merged.dataset.images[0].foreign);
        QCOMPARE(keys["coco_url"].get<std::string>(), std::string("u"));
        QCOMPARE(keys["flickr"].get<int>(), 2);
        QCOMPARE(merged.dataset.categories.size(), std::size_t(2));
        QCOMPARE(merged.dataset.annotations.size(), std::size_t(3));
        QCOMPARE(merged.dataset.annotations[1].categoryId, core::Id(1));
        QCOMPARE(merged.dataset.annotations[2].categoryId, core::Id(6));
        for (const core::Annotation &annotation : merged.dataset.annotations)
            QCOMPARE(annotation.imageId, core::Id(1));
    }

    void duplicates_data()
    {
        QTest::addColumn<double>("x");
        QTest::addColumn<double>("width");
        QTest::addColumn<int>("category");
        QTest::addColumn<bool>("isCrowd");
        QTest::addColumn<int>("left");
        QTest::newRow("the same pixels") << 0.0 << 10.0 << 1 << false << 1;
        QTest::newRow("IoU 0.9, which is just enough") << 0.0 << 9.0 << 1 << false << 1;
        QTest::newRow("IoU 0.8") << 0.0 << 8.0 << 1 << false << 2;
        QTest::newRow("shifted by one: 9 / 11") << 1.0 << 10.0 << 1 << false << 2;
        QTest::newRow("another category") << 0.0 << 10.0 << 2 << false << 2;
        QTest::newRow("a crowd") << 0.0 << 10.0 << 1 << true << 2;
        QTest::newRow("far away") << 10.0 << 10.0 << 1 << false << 2;
    }

    void duplicates()
    {
        QFETCH(double, x);
        QFETCH(double, width);
        QFETCH(int, category);
        QFETCH(bool, isCrowd);
        QFETCH(int, left);
        const std::vector<core::Category> categories{::category(1, "cat"), ::category(2, "dog")};
        const core::Dataset a{{image(1, "a")}, categories, {box(1, 1, 1, 0, 10)}};
        core::Dataset b{{image(1, "a")}, categories, {box(1, 1, category, x, width)}};
        b.annotations[0].isCrowd = isCrowd;
        const MergeResult merged = mergeTwo(a, b, {0.9, false});
        QCOMPARE(merged.dataset.annotations.size(), std::size_t(left));
        QCOMPARE(merged.duplicates, std::size_t(2 - left));
        QCOMPARE(merged.dataset.annotations[0], a.annotations[0]);
    }

    void boxesAloneAreComparedAsBoxes()
    {
        core::Annotation alone = box(1, 1, 1, 0);
        alone.mask.counts = {};
        alone.box = core::Box{0, 0, 10, 10};
        const core::Dataset a{{image(1, "a")}, {category(1, "cat")}, {alone}};
        core::Dataset b = a;
        b.annotations.push_back(box(2, 1, 1, 0)); // a mask is no box
        const MergeResult merged = mergeTwo(a, b);
        QCOMPARE(merged.duplicates, std::size_t(1));
        QCOMPARE(merged.dataset.annotations.size(), std::size_t(2));
    }

    void whatOneFileSaysTwiceStays()
    {
        const core::Dataset a{
            {image(1, "a")}, {category(1, "cat")}, {box(1, 1, 1, 0), box(2, 1, 1, 0)}};
        const core::Dataset b{{image(2, "b")}, {category(1, "cat")}, {}};
        QCOMPARE(mergeTwo(a, b).dataset.annotations.size(), std::size_t(2));
    }

    void imagesOfOneNameMustHaveOneSize()
    {
        const core::Dataset a{{image(1, "a")}, {category(1, "cat")}, {box(1, 1, 1, 0)}};
        core::Dataset b{{{1, "a", {40, 20}}, image(2, "c")},
                        {category(1, "cat")},
                        {box(7, 1, 1, 0), box(8, 2, 1, 0)}};
        const MergeResult merged = mergeTwo(a, b);
        QCOMPARE(merged.findings.errors(), std::size_t(2));
        const Finding &finding = merged.findings.told().front();
        QCOMPARE(finding.rule, std::string("merge-size"));
        QCOMPARE(finding.file, std::string("b.json"));
        QVERIFY(finding.sentence.find("40 x 20") != std::string::npos);
        QCOMPARE(merged.dataset.images.size(), std::size_t(2));
        QCOMPARE(merged.dataset.annotations.size(), std::size_t(2));
    }

    void theRecordOfOneRunStays()
    {
        const auto recordOf = [](std::initializer_list<const char *> inputs) {
            std::vector<exporters::MergeInput> all;
            for (const char *foreign : inputs) {
                core::Dataset dataset;
                dataset.foreign = foreign;
                all.push_back({"a.json", std::move(dataset)});
            }
            const auto merged = exporters::merge(std::move(all));
            return merged.findings.isEmpty() ? merged.dataset.foreign : "told";
        };
        const char *one = R"({"maskwright_run":{"model":1}})";
        const char *other = R"({"maskwright_run":{"model":2}})";
        QCOMPARE(recordOf({one, one}), std::string(one));
        QCOMPARE(recordOf({one, other, one}), std::string());
        QCOMPARE(recordOf({one, ""}), std::string());
        QCOMPARE(recordOf({"", one}), std::string());
    }

    void licencesAreJoined()
    {
        core::Dataset a{{image(1, "a", R"({"license":1})")}, {}, {}};
        a.foreign = R"({"info":{"year":1},"licenses":[{"id":1,"name":"MIT"}]})";
        core::Dataset b{
            {image(1, "b", R"({"license":1})"), image(2, "c", R"({"license":2})")}, {}, {}};
        b.foreign =
            R"({"info":{"year":2},"licenses":[{"id":1,"name":"CC0"},{"name":"MIT","id":2}],"x":1})";
        const MergeResult merged = mergeTwo(a, b);
        const auto keys = foreignKeys(merged.dataset.foreign);
        QCOMPARE(keys["licenses"].dump(),
                 std::string(R"([{"id":1,"name":"MIT"},{"id":2,"name":"CC0"}])"));
        QCOMPARE(keys["info"]["year"].get<int>(), 1);
        QCOMPARE(keys["x"].get<int>(), 1);
        QCOMPARE(merged.dataset.images[0].foreign, std::string(R"({"license":1})"));
        QCOMPARE(merged.dataset.images[1].foreign, std::string(R"({"license":2})"));
        QCOMPARE(merged.dataset.images[2].foreign, std::string(R"({"license":1})"));
        QCOMPARE(merged.findings.warnings(), std::size_t(1)); // info differs
        QCOMPARE(merged.findings.errors(), std::size_t(0));
    }

    void renumberedShardsGiveWhatOneRunGives()
    {
        core::Dataset whole;
        whole.categories = {category(4, "cat"), category(9, "dog")};
        std::vector<core::Dataset> shards(3);
        for (core::Dataset &shard : shards)
            shard.categories = whole.categories;
        core::Id next = 0;
        for (int i = 1; i <= 25; ++i) {
            whole.images.push_back(image(i, "photo" + std::to_string(i) + ".png"));
            core::Dataset &shard = shards[std::size_t(i * 7 % 3)];
            shard.images.push_back(whole.images.back());
            shard.images.back().id = core::Id(shard.images.size());
            for (int j = 0; j < i % 4; ++j) {
                whole.annotations.push_back(box(++next, i, j == 0 ? 9 : 4, j * 3));
                shard.annotations.push_back(whole.annotations.back());
                shard.annotations.back().id = core::Id(shard.annotations.size());
                shard.annotations.back().imageId = shard.images.back().id;
            }
        }
        const MergeResult merged =
            merge({{"1", shards[2]}, {"2", shards[0]}, {"3", shards[1]}}, {0.95, true});
        QCOMPARE(merged.dataset.images, whole.images);
        QCOMPARE(merged.dataset.categories, whole.categories);
        QCOMPARE(merged.dataset.annotations, whole.annotations);
    }

    void idsOfAnyKindStayUnique()
    {
        // Whatever ids the inputs have: afterwards each is there once, 1 or more, and everything
        // refers to what it referred to.
        quint32 state = 12345;
        const auto random = [&state](quint32 below) {
            state = state * 1664525U + 1013904223U;
            return (state >> 16) % below;
        };
        for (int round = 0; round < 50; ++round) {
            std::vector<MergeInput> inputs;
            std::size_t annotations = 0;
            for (quint32 file = 0; file < 4; ++file) {
                core::Dataset dataset;
                dataset.categories = {category(1 + random(5), "only " + std::to_string(file)),
                                      category(6 + random(5), "shared")};
                for (quint32 i = 0; i < 5; ++i) {
                    dataset.images.push_back(image(1 + i + random(3) * 5,
                                                   std::to_string(file) + "_" + std::to_string(i)));
                    dataset.annotations.push_back(box(1 + i * 3 + random(3),
                                                      dataset.images.back().id,
                                                      dataset.categories[random(2)].id, 0));
                    ++annotations;
                }
                inputs.push_back({std::to_string(file), dataset});
            }
            const std::vector<MergeInput> before = inputs;
            const MergeResult merged = merge(inputs);
            QCOMPARE(merged.dataset.annotations.size(), annotations);
            std::map<core::Id, std::string> names, categories;
            for (const core::ImageRecord &record : merged.dataset.images)
                QVERIFY(record.id > 0 && names.emplace(record.id, record.fileName).second);
            for (const core::Category &record : merged.dataset.categories)
                QVERIFY(record.id > 0 && categories.emplace(record.id, record.name).second);
            std::set<core::Id> seen;
            std::size_t place = 0;
            for (const MergeInput &input : before) {
                for (const core::Annotation &old : input.dataset.annotations) {
                    const core::Annotation &now = merged.dataset.annotations[place++];
                    QVERIFY(now.id > 0 && seen.insert(now.id).second);
                    const auto &images = input.dataset.images;
                    const auto &own = input.dataset.categories;
                    QCOMPARE(
                        names.at(now.imageId),
                        std::ranges::find(images, old.imageId, &core::ImageRecord::id)->fileName);
                    QCOMPARE(categories.at(now.categoryId),
                             std::ranges::find(own, old.categoryId, &core::Category::id)->name);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestMerge)
#include "tst_merge.moc"
