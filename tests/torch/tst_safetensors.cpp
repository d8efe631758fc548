// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/torch/checkpoint/state_dict.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <cstring>

using core::StateDict;

namespace
{

QByteArray fileOf(const QByteArray &header, const QByteArray &data)
{
    quint64 length = static_cast<quint64>(header.size());
    QByteArray bytes(8, 0);
    std::memcpy(bytes.data(), &length, 8);
    return bytes + header + data;
}

StateDict readBytes(const QByteArray &bytes, std::map<std::string, std::string> *metadata = nullptr)
{
    return core::readSafetensors(
        {reinterpret_cast<const std::byte *>(bytes.constData()), size_t(bytes.size())}, "some.file",
        metadata);
}

} // namespace

class TestSafetensors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAndReadsEveryType();
    void readsFromMemoryAtAnyAlignment();
    void refusesBrokenHeaders_data();
    void refusesBrokenHeaders();
    void refusesEveryTruncation();
    void namesAMissingFile();
    void refusesAFolderThatIsNotThere();

private:
    QTemporaryDir m_folder;
};

void TestSafetensors::writesAndReadsEveryType()
{
    StateDict tensors;
    for (const auto type :
         {torch::kFloat64, torch::kFloat32, torch::kFloat16, torch::kBFloat16, torch::kInt64,
          torch::kInt32, torch::kInt16, torch::kInt8, torch::kUInt8, torch::kBool})
        tensors[std::string("of/") + torch::toString(type)] =
            torch::tensor({1, 0, 3, 1, 5, 1}).reshape({2, 3}).to(type);
    tensors["transposed"] = torch::arange(6, torch::kFloat32).reshape({2, 3}).t();
    tensors["scalar"] = torch::tensor(2.5f);
    tensors["empty"] = torch::empty({0, 4});
    const std::filesystem::path file = m_folder.filePath("types ü.safetensors").toStdString();
    core::writeSafetensors(file, tensors, {{"architecture", "test"}});

    const StateDict read = core::readCheckpoint(file);
    QCOMPARE(read.size(), tensors.size());
    for (const auto &[name, tensor] : tensors) {
        QVERIFY2(read.at(name).scalar_type() == tensor.scalar_type(), name.c_str());
        QVERIFY2(read.at(name).equal(tensor), name.c_str());
    }
    QFile whole(QString::fromStdString(file.string()));
    QVERIFY(whole.open(QIODevice::ReadOnly));
    std::map<std::string, std::string> metadata;
    const QByteArray bytes = whole.readAll();
    readBytes(bytes, &metadata);
    QCOMPARE(metadata.at("architecture"), std::string("test"));
    QCOMPARE(QDir(m_folder.path()).entryList(QDir::Files).size(), 1); // no temporary stays
}

void TestSafetensors::readsFromMemoryAtAnyAlignment()
{
    const QByteArray header = R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} )";
    const float values[] = {1.5f, -2};
    QByteArray bytes =
        fileOf(header, QByteArray(reinterpret_cast<const char *>(values), sizeof values));
    for (int shift = 0; shift < 4; ++shift) {
        const QByteArray shifted = QByteArray(shift, 'x') + bytes;
        const auto read =
            core::readSafetensors({reinterpret_cast<const std::byte *>(shifted.constData()) + shift,
                                   size_t(bytes.size())},
                                  "some.file", nullptr);
        QVERIFY(read.at("a").equal(torch::tensor({1.5f, -2.0f})));
    }
}

void TestSafetensors::refusesBrokenHeaders_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("complaint");
    const auto row = [](const char *name, const char *header, const char *complaint) {
        QTest::newRow(name) << fileOf(header, QByteArray(16, 0)) << complaint;
    };
    QTest::newRow("three bytes") << QByteArray("abc") << "only 3 bytes";
    QTest::newRow("a header of exabytes") << QByteArray(16, '\x7f') << "header claims";
    row("no JSON", "{\"a\":", "not a JSON object");
    row("a list", "[1,2]", "not a JSON object");
    row("no type", R"({"a":{"shape":[1],"data_offsets":[0,4]}})", "has no type");
    row("an unknown type", R"({"a":{"dtype":"F12","shape":[1],"data_offsets":[0,4]}})", "F12");
    row("a negative side", R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})",
        "impossible number in \"shape\"");
    row("a fractional side", R"({"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}})",
        "impossible number in \"shape\"");
    row("a product that overflows",
        R"({"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}})",
        "impossible shape");
    row("negative offsets", R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}})",
        "impossible number in \"data_offsets\"");
    row("offsets that wrap",
        R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[18446744073709551612,18446744073709551615]}})",
        "impossible number");
    row("offsets backwards", R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[8,4]}})",
        "impossible offsets");
    row("beyond the end", R"({"a":{"dtype":"F32","shape":[5],"data_offsets":[0,20]}})", "cut off");
    row("too few bytes", R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})",
        "needs 8 bytes and has 4");
    row("overlap",
        R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
        R"("b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})",
        "overlap at byte 4");
    row("the same bytes twice",
        R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
        R"("b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})",
        "same byte");
    QTest::newRow("deep nesting") << fileOf(QByteArray("{\"a\":") + QByteArray(200000, '['), {})
                                  << "not a JSON object";
}

void TestSafetensors::refusesBrokenHeaders()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, complaint);
    try {
        readBytes(bytes);
        QFAIL("it was accepted");
    } catch (const core::Error &error) {
        QVERIFY(error.kind() == core::ErrorKind::BadCheckpoint);
        const QString message = error.what();
        QVERIFY2(message.startsWith("some.file "), error.what());
        QVERIFY2(message.contains(complaint), error.what());
    }
}

void TestSafetensors::refusesEveryTruncation()
{
    const QByteArray bytes =
        fileOf(R"({"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}})", QByteArray(16, 1));
    readBytes(bytes);
    for (int length = 0; length < bytes.size(); ++length)
        QVERIFY_EXCEPTION_THROWN(readBytes(bytes.left(length)), core::Error);
}

void TestSafetensors::namesAMissingFile()
{
    try {
        core::readCheckpoint("/no/such/model.safetensors");
        QFAIL("it was found");
    } catch (const core::Error &error) {
        QVERIFY(error.kind() == core::ErrorKind::FileNotFound);
        QVERIFY(QString(error.what()).contains("/no/such/model.safetensors"));
    }
}

void TestSafetensors::refusesAFolderThatIsNotThere()
{
    QVERIFY_EXCEPTION_THROWN(
        core::writeSafetensors("/no/such/folder/x.safetensors", {{"a", torch::ones({1})}}),
        core::Error);
}

QTEST_APPLESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
