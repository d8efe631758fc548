// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/file/safetensors_facts.h"

#include <QtTest>

using Bytes = std::vector<std::byte>;

class TestSafetensorsFacts : public QObject
{
    Q_OBJECT

    static Bytes file(const std::string &header, const std::string &tensors)
    {
        Bytes bytes(8);
        for (std::size_t i = 0; i < 8; ++i)
            bytes[i] = std::byte(std::uint64_t(header.size()) >> (8 * i));
        for (const char c : header + tensors)
            bytes.push_back(std::byte(c));
        return bytes;
    }

    static std::pair<QJsonObject, QByteArray> parts(const Bytes &bytes)
    {
        quint64 length = 0;
        for (std::size_t i = 0; i < 8; ++i)
            length |= quint64(bytes[i]) << (8 * i);
        const QByteArray all(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size()));
        return {QJsonDocument::fromJson(all.mid(8, qsizetype(length))).object(),
                all.mid(8 + qsizetype(length))};
    }

private Q_SLOTS:
    void addsTextsAndLeavesTheTensors()
    {
        const std::string tensor =
            R"({"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"__metadata__":{"kind":"x"}})";
        const auto [header, tensors] = parts(core::withFacts(
            file(tensor, std::string("\0\1\xff", 3)), {{"picture", "\u00fc.jpg"}, {"w", "1"}}));
        QCOMPARE(tensors, QByteArray("\0\1\xff", 3));
        QCOMPARE(header["a"]["shape"][0].toInt(), 3);
        QCOMPARE(header["__metadata__"]["kind"].toString(), QString("x"));
        QCOMPARE(header["__metadata__"]["picture"].toString(), QString("\u00fc.jpg"));
    }

    void tensorsBeginAtAMultipleOfEight()
    {
        for (int length = 0; length < 9; ++length) {
            const Bytes bytes = core::withFacts(file("{}", "12345678"),
                                                {{"k", std::string(std::size_t(length), 'v')}});
            QCOMPARE((bytes.size() - 8) % 8, std::size_t(0));
            QCOMPARE(parts(bytes).second, QByteArray("12345678"));
        }
    }

    void refusesWhatIsNoSuchFile_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a length alone") << QByteArray("\x10\0\0\0\0\0\0\0", 8);
        QTest::newRow("a length beyond all files")
            << QByteArray("\xff\xff\xff\xff\xff\xff\xff\xff{}");
        QTest::newRow("a header that is a list") << QByteArray("\2\0\0\0\0\0\0\0[]", 10);
        QTest::newRow("texts that are a number")
            << QByteArray("\x12\0\0\0\0\0\0\0{\"__metadata__\":1}", 26);
    }

    void refusesWhatIsNoSuchFile()
    {
        QFETCH(QByteArray, text);
        Bytes bytes;
        for (const char c : text)
            bytes.push_back(std::byte(c));
        QVERIFY_EXCEPTION_THROWN(core::withFacts(bytes, {{"k", "v"}}), core::Error);
    }
};

QTEST_GUILESS_MAIN(TestSafetensorsFacts)
#include "tst_safetensors_facts.moc"
