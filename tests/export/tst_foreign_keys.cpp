// SPDX-License-Identifier: Apache-2.0
#include "export/json/foreign_keys.h"
#include "export/splits.h"

#include <nlohmann/json.hpp>

#include <QtTest>

class TestForeignKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unknownKeysAreKept()
    {
        const auto element = nlohmann::json::parse(R"({"id":1,"note":{"a":[1,2]},"x":null})");
        const core::ForeignKeys kept = exporters::foreignKeysOf(element, {"id"});
        QCOMPARE(kept, std::string(R"({"note":{"a":[1,2]},"x":null})"));
        nlohmann::ordered_json other{{"id", 2}, {"x", 5}};
        exporters::addForeignKeys(other, kept);
        QCOMPARE(other.dump(), std::string(R"({"id":2,"x":5,"note":{"a":[1,2]}})"));
    }

    void theTextStaysAsItIsWritten()
    {
        const std::string element =
            R"({ "id":1, "z":{"b":1.50,"a":[ 2]}, "\u0069d":7, "x\u0022":1e2, "a":null })";
        const core::ForeignKeys kept = exporters::foreignKeysIn(element, {"id"});
        QCOMPARE(kept, std::string(R"({"z":{"b":1.50,"a":[ 2]},"x\u0022":1e2,"a":null})"));
        const nlohmann::ordered_json other{{"id", 2}, {"a", 5}};
        QCOMPARE(exporters::withForeignKeys(other, kept),
                 std::string(R"({"id":2,"a":5,"z":{"b":1.50,"a":[ 2]},"x\u0022":1e2})"));
        // However it is written, a key of ours is ours.
        QCOMPARE(exporters::withForeignKeys(other, R"({"\u0061":1})"),
                 std::string(R"({"id":2,"a":5})"));
        QCOMPARE(exporters::withForeignKeys(nlohmann::ordered_json::object(), kept), kept);
        for (const char *none : {"", "no JSON", "[1]", "{", "{\"b\":1,}", "{\"b\":x}"})
            QCOMPARE(exporters::withForeignKeys(other, none), std::string(R"({"id":2,"a":5})"));
        QVERIFY(exporters::foreignKeysIn("{\"id\":1}", {"id"}).empty());
    }

    void manyKeysAreKept()
    {
        auto element = nlohmann::json::object();
        for (int i = 0; i < 200'000; ++i)
            element["k" + std::to_string(i)] = i;
        const core::ForeignKeys kept = exporters::foreignKeysOf(element, {"k7"});
        nlohmann::ordered_json other{{"k9", "ours"}};
        exporters::addForeignKeys(other, kept);
        QCOMPARE(other.size(), std::size_t(199'999));
        QCOMPARE(other.front().get<std::string>(), std::string("ours"));
        element.erase("k7");
        element["k9"] = "ours";
        QVERIFY(nlohmann::json::parse(other.dump()) == element);
        QVERIFY(
            exporters::foreignKeys(nlohmann::json::object({{"inner", element}}).dump()).size() ==
            1);
    }

    void textThatIsNotUtf8IsKeptAsFarAsItIs()
    {
        core::ImageRecord image{1, "a.jpg", {1, 1}};
        exporters::setSplit(image, "t\xffrain");
        QCOMPARE(image.foreign, std::string("{\"split\":\"t\xef\xbf\xbdrain\"}"));
    }

    void nothingUnknownIsNoText()
    {
        const auto element = nlohmann::json::parse(R"({"id":1})");
        QVERIFY(exporters::foreignKeysOf(element, {"id"}).empty());
        QVERIFY(exporters::foreignKeys("").empty());
        QVERIFY(exporters::foreignKeys("no JSON").empty());
        QVERIFY(exporters::foreignKeys("[1]").empty());
    }

    void joinedOursGoFirst()
    {
        using exporters::joinedForeignKeys;
        QCOMPARE(joinedForeignKeys("", R"({"a":1})"), std::string(R"({"a":1})"));
        QCOMPARE(joinedForeignKeys(R"({"a":1})", ""), std::string(R"({"a":1})"));
        QCOMPARE(joinedForeignKeys(R"({"b":1,"a":2})", R"({"c":[3],"a":4})"),
                 std::string(R"({"b":1,"a":2,"c":[3]})"));
        QCOMPARE(joinedForeignKeys(R"({ "a": 1 })", R"({"a":2})"), std::string(R"({ "a": 1 })"));
    }

    void splitsAreRemembered()
    {
        core::ImageRecord image{1, "a.jpg", {1, 1}, R"({"license":3})"};
        QVERIFY(exporters::splitOf(image).empty());
        QCOMPARE(exporters::targetSplit(image, {}), std::string("train"));
        exporters::setSplit(image, "val");
        QCOMPARE(exporters::targetSplit(image, {}), std::string("val"));
        QCOMPARE(image.foreign, std::string(R"({"license":3,"split":"val"})"));
        exporters::WriteOptions options;
        options.split = [](const core::ImageRecord &) { return "test"; };
        QCOMPARE(exporters::targetSplit(image, options), std::string("test"));
    }

    void foldersOfAnyBytesAreSplits()
    {
        core::ImageRecord image{1, "a.jpg", {1, 1}};
        exporters::setSplit(image, "va\xffl");
        QCOMPARE(exporters::splitOf(image), std::string("va\xEF\xBF\xBDl"));
    }
};

QTEST_GUILESS_MAIN(TestForeignKeys)
#include "tst_foreign_keys.moc"
