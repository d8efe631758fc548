// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "export/json/json_source.h"
#include "export/json/json_text.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <fstream>
#include <random>

using exporters::JsonExtent;
using exporters::JsonSource;

namespace
{

/// ' stands for ".
std::string quoted(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return text;
}

/// Anything that JSON can be, with strings full of what a scan could stumble over.
nlohmann::ordered_json randomValue(std::mt19937 &random, int depth)
{
    switch (random() % (depth > 4 ? 4 : 6)) {
    case 0:
        return double(random() % 1000) / 8;
    case 1:
        return random() % 2 == 0 ? nlohmann::ordered_json(true) : nlohmann::ordered_json();
    case 2:
    case 3: {
        std::string text;
        for (unsigned i = 0; i < random() % 12; ++i)
            text += "\"\\[]{},: a\n"[random() % 10];
        return text;
    }
    case 4: {
        auto list = nlohmann::ordered_json::array();
        for (unsigned i = 0; i < random() % 5; ++i)
            list.push_back(randomValue(random, depth + 1));
        return list;
    }
    default: {
        auto object = nlohmann::ordered_json::object();
        for (unsigned i = 0; i < random() % 5; ++i)
            object["k\"" + std::to_string(i)] = randomValue(random, depth + 1);
        return object;
    }
    }
}

} // namespace

class TestJsonSource : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::filesystem::path write(const std::string &text) const
    {
        const std::filesystem::path file = m_folder.filePath("a.json").toStdString();
        std::ofstream(file, std::ios::binary) << text;
        return file;
    }

private Q_SLOTS:
    void keysListsAndValues()
    {
        const std::string text =
            quoted(" {'a' : [1, {'b':[2]} ,']'], 'c\\u0064': {'x':'}'}, 'e':7,\n"
                   "  'f':[], 'g':[[]]} ");
        const auto file = write(text);
        JsonSource source(file);
        QVERIFY(!source.isList());
        QCOMPARE(*source.nextKey(), std::string("a"));
        const std::uint64_t list = source.position();
        QVERIFY(source.openList());
        QVERIFY(source.nextElement()->text == "1");
        const auto second = *source.nextElement();
        QVERIFY(second.text == "{\"b\":[2]}");
        QCOMPARE(second.position, std::uint64_t(text.find("{\"b")));
        QCOMPARE(source.index(), std::size_t(1));
        QVERIFY(source.nextElement()->text == "\"]\"");
        QVERIFY(!source.nextElement());
        QCOMPARE(*source.nextKey(), std::string("cd"));
        QVERIFY(!source.openList());
        QVERIFY(source.value().text == "{\"x\":\"}\"}");
        QCOMPARE(*source.nextKey(), std::string("e"));
        source.skip();
        QCOMPARE(*source.nextKey(), std::string("f"));
        QVERIFY(source.openList());
        QVERIFY(!source.nextElement());
        QCOMPARE(*source.nextKey(), std::string("g"));
        source.skip();
        QVERIFY(!source.nextKey());
        source.openListAt(list, "a");
        QVERIFY(source.nextElement()->text == "1");
    }

    /// Values of every size pass the edge of what is in memory at every place.
    void elementsArriveWhole()
    {
        std::mt19937 random(5);
        nlohmann::ordered_json values = nlohmann::ordered_json::array();
        std::string text = "[";
        for (int i = 0; i < 3000; ++i) {
            nlohmann::ordered_json value = randomValue(random, 0);
            if (i % 500 == 7)
                value = std::string(1'500'000 + i, '\\'); // larger than the window
            text += (i > 0 ? " ,\n" : "") + value.dump();
            values.push_back(std::move(value));
        }
        const auto file = write(text + "]");
        JsonSource source(file);
        QVERIFY(source.isList());
        std::size_t i = 0;
        while (const auto element = source.nextElement()) {
            QVERIFY(element->text == values.at(i).dump());
            QCOMPARE(text.compare(element->position, element->text.size(), element->text), 0);
            ++i;
        }
        QCOMPARE(i, values.size());
    }

    void theEndOfAValueIsFound()
    {
        std::mt19937 random(6);
        for (int round = 0; round < 2000; ++round) {
            const std::string text = randomValue(random, 0).dump(random() % 2 ? 1 : -1);
            const JsonExtent extent = exporters::jsonValueEnd(text + ",", 0);
            QVERIFY(extent.kind == JsonExtent::Kind::Found);
            QCOMPARE(extent.end, text.size());
            const auto cut = random() % text.size();
            QVERIFY(exporters::jsonValueEnd(text.substr(0, cut), 0).kind ==
                    JsonExtent::Kind::BreaksOff);
        }
    }

    void whatIsNoValue()
    {
        using Kind = JsonExtent::Kind;
        QVERIFY(exporters::jsonValueEnd("[}", 0).kind == Kind::Mismatch);
        QVERIFY(exporters::jsonValueEnd("{\"a\":[1}]", 0).kind == Kind::Mismatch);
        QVERIFY(exporters::jsonValueEnd(",", 0).kind == Kind::Mismatch);
        const std::string deep(200, '[');
        const JsonExtent extent = exporters::jsonValueEnd(deep, 0, 2);
        QVERIFY(extent.kind == Kind::NestsTooDeep);
        QCOMPARE(extent.end, exporters::deepestJson - 2);
    }

    void membersOfAnObject()
    {
        const std::string text = quoted(" { 'a' : 1 ,'b\\u0022':{'c':'}'}, 'd':[] }");
        const auto members = exporters::jsonMembers(text);
        QCOMPARE(members.size(), std::size_t(3));
        QVERIFY(members[0].key == "a" && members[0].value == "1");
        QVERIFY(members[1].key == "b\\u0022" && members[1].value == "{\"c\":\"}\"}");
        QVERIFY(members[2].key == "d" && members[2].value == "[]");
        for (const char *bad : {"{}", "[]", "", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,",
                                "{\"a\" 1}", "{a:1}", "{\"a\":1 2}", "{\"a\":1,}"})
            QVERIFY2(exporters::jsonMembers(bad).empty(), bad);
    }

    void aLongListIsPassed()
    {
        std::ofstream stream(m_folder.filePath("large.json").toStdString());
        stream << "{\"skipped\":[";
        const std::string element(1000, 'x');
        for (int i = 0; i < 40'000; ++i) // 40 MB
            stream << (i > 0 ? ",\"" : "\"") << element << '"';
        stream << "],\"a\":[1]}";
        stream.close();
        JsonSource source(m_folder.filePath("large.json").toStdString());
        QCOMPARE(*source.nextKey(), std::string("skipped"));
        source.skip();
        QCOMPARE(*source.nextKey(), std::string("a"));
        QVERIFY(source.openList());
        QCOMPARE(source.nextElement()->position, std::uint64_t(18 + 40'000 * 1003));
    }
};

QTEST_GUILESS_MAIN(TestJsonSource)
#include "tst_json_source.moc"
