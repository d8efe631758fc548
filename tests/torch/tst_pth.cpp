// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/torch/checkpoint/pth.h"
#include "tests/torch/pth_builder.h"

#include <QFile>
#include <QtTest>

using core::StateDict;

namespace
{

StateDict readZip(const QByteArray &file)
{
    return core::readZipPth(
        {reinterpret_cast<const std::byte *>(file.constData()), size_t(file.size())}, "some.pth",
        nullptr);
}

QByteArray floats(const QList<float> &values)
{
    return QByteArray(reinterpret_cast<const char *>(values.constData()), values.size() * 4);
}

/// One pickle and one storage "0" of six float32.
QByteArray checkpoint(const QByteArray &body)
{
    return pth::archive(
        {{"archive/data.pkl", pth::program(body)}, {"archive/data/0", floats({0, 1, 2, 3, 4, 5})}});
}

QByteArray fixture(const char *name)
{
    QFile file(QString(TEST_DATA_DIR "/sam1/sam_small_a/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

const QByteArray sixFloats = pth::storage("FloatStorage", "0", 6);

} // namespace

class TestPth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsViewsOfASharedStorage();
    void readsParametersAndWrappers();
    void readsHalfAndDoublePrecision();
    void readsSixtyFourBitArchives();
    void ignoresAttributesOfDictionaries();
    void refuses_data();
    void refuses();
    void survivesDeepNestingAndCycles();
    void survivesTruncation_data();
    void survivesTruncation();
    void survivesFlippedBytes_data();
    void survivesFlippedBytes();
};

void TestPth::readsViewsOfASharedStorage()
{
    const StateDict tensors = readZip(
        checkpoint(pth::dictionary({{"whole", pth::tensor(sixFloats, 0, {2, 3}, {3, 1})},
                                    {"turned", pth::tensor(sixFloats, 0, {3, 2}, {1, 3})},
                                    {"tail", pth::tensor(sixFloats, 4, {2}, {1})},
                                    {"every second", pth::tensor(sixFloats, 1, {3}, {2})},
                                    {"scalar", pth::tensor(sixFloats, 5, {}, {})},
                                    {"empty", pth::tensor(sixFloats, 0, {0, 7}, {7, 1})}})));
    const torch::Tensor whole = torch::arange(6, torch::kFloat32).view({2, 3});
    QVERIFY(tensors.at("whole").equal(whole));
    QVERIFY(tensors.at("turned").equal(whole.t()));
    QVERIFY(tensors.at("tail").equal(torch::tensor({4.0f, 5.0f})));
    QVERIFY(tensors.at("every second").equal(torch::tensor({1.0f, 3.0f, 5.0f})));
    QCOMPARE(tensors.at("scalar").item<float>(), 5.0f);
    QVERIFY((tensors.at("empty").sizes() == torch::IntArrayRef{0, 7}));
    QVERIFY(tensors.at("whole").storage().data() == tensors.at("tail").storage().data());
}

void TestPth::readsParametersAndWrappers()
{
    const QByteArray weights =
        pth::dictionary({{"w", pth::parameter(pth::tensor(sixFloats, 0, {6}, {1}))}});
    for (const char *wrapper : {"model", "state_dict"}) {
        const StateDict tensors =
            readZip(checkpoint(pth::dictionary({{"epoch", pth::integer(3)}, {wrapper, weights}})));
        QCOMPARE(tensors.size(), 1u);
        QCOMPARE(tensors.at("w").numel(), 6);
    }
}

void TestPth::readsHalfAndDoublePrecision()
{
    const torch::Tensor values = torch::tensor({1.5, -2.0, 0.25});
    for (const auto &[name, type] :
         {std::pair("HalfStorage", torch::kFloat16), std::pair("BFloat16Storage", torch::kBFloat16),
          std::pair("DoubleStorage", torch::kFloat64)}) {
        const torch::Tensor stored = values.to(type);
        const QByteArray bytes(static_cast<const char *>(stored.data_ptr()),
                               qsizetype(stored.nbytes()));
        const QByteArray pickle = pth::program(
            pth::dictionary({{"w", pth::tensor(pth::storage(name, "0", 3), 0, {3}, {1})}}));
        const StateDict tensors =
            readZip(pth::archive({{"a/data.pkl", pickle}, {"a/data/0", bytes}}));
        QVERIFY(tensors.at("w").scalar_type() == type);
        QVERIFY(tensors.at("w").equal(stored));
    }
}

void TestPth::readsSixtyFourBitArchives()
{
    const QByteArray pickle =
        pth::program(pth::dictionary({{"w", pth::tensor(sixFloats, 0, {6}, {1})}}));
    const StateDict tensors = readZip(
        pth::archive({{"a/data.pkl", pickle}, {"a/data/0", floats({0, 1, 2, 3, 4, 5})}}, 0, true));
    QVERIFY(tensors.at("w").equal(torch::arange(6, torch::kFloat32)));
}

void TestPth::ignoresAttributesOfDictionaries()
{
    const QByteArray body = pth::global("collections", "OrderedDict") + ")R(" + pth::text("w") +
                            pth::tensor(sixFloats, 0, {6}, {1}) + "u" +
                            pth::dictionary({{"_metadata", "}"}}) + "b";
    QCOMPARE(readZip(checkpoint(body)).size(), 1u);
}

void TestPth::refuses_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("complaint");
    const auto body = [](const char *name, const QByteArray &pickle, const char *complaint) {
        QTest::newRow(name) << checkpoint(pickle) << complaint;
    };
    const auto view = [&](const char *name, qint64 offset, const QList<qint64> &shape,
                          const QList<qint64> &strides, const char *complaint) {
        body(name, pth::dictionary({{"w", pth::tensor(sixFloats, offset, shape, strides)}}),
             complaint);
    };
    body("os.system", pth::global("os", "system") + pth::tuple({pth::text("true")}) + "R",
         "\"os.system\"");
    body("a function named but not called", pth::global("posix", "system") + "0}", "posix.system");
    body("a function named by strings",
         pth::text("builtins") + pth::text("eval") + QByteArray("\x93") + "0}", "builtins.eval");
    body("an old-style instance", "(ios\nsystem\n", "instruction 105");
    body("attributes of a tensor",
         pth::tensor(sixFloats, 0, {6}, {1}) + pth::dictionary({{"x", "N"}}) + "b",
         "no dictionary");
    body("no dictionary", pth::integer(1), "no dictionary of tensors");
    body("an empty stack", "0", "empty stack");
    body("a value never stored", "h\x05", "never stored");
    body("a string longer than the file", "X\xff\xff\xff\x7f", "cut off");
    body("a number of gigabytes", QByteArray("\x8b\xff\xff\xff\x7f", 5), "a number of");
    view("beyond the storage", 0, {7}, {1}, "beyond the bytes");
    view("an offset beyond the storage", 6, {1}, {1}, "beyond the bytes");
    view("strides beyond the storage", 0, {2, 3}, {4, 1}, "beyond the bytes");
    view("strides that overflow", 0, {3, 2}, {qint64(1) << 62, qint64(1) << 62},
         "beyond the bytes");
    view("a negative offset", -1, {1}, {1}, "beyond the bytes");
    view("a negative side", 0, {-2}, {1}, "no list of numbers");
    view("a negative stride", 5, {6}, {-1}, "no list of numbers");
    view("a shape that overflows", 0, {qint64(1) << 40, qint64(1) << 40}, {0, 0},
         "impossible shape");
    view("one number stretched to terabytes", 0, {qint64(1) << 40}, {0}, "far more bytes");
    view("fewer strides than sides", 0, {2, 3}, {1}, "impossible shape");
    body("a storage shorter than it says",
         pth::dictionary({{"w", pth::tensor(pth::storage("FloatStorage", "0", 7), 0, {7}, {1})}}),
         "7 numbers where there are 6");
    body("a storage that is missing",
         pth::dictionary({{"w", pth::tensor(pth::storage("FloatStorage", "1", 6), 0, {6}, {1})}}),
         "data/1");
    body("a storage of an unknown type",
         pth::dictionary({{"w", pth::tensor(pth::storage("QInt8Storage", "0", 6), 0, {6}, {1})}}),
         "torch.QInt8Storage");
    QTest::newRow("compressed") << pth::archive({{"a/data.pkl", "x"}}, 8) << "compressed";
    QTest::newRow("without a pickle") << pth::archive({{"a/other", "x"}}) << "without a data.pkl";
    QTest::newRow("a member twice")
        << pth::archive({{"a/data.pkl", "x"}, {"a/data.pkl", "x"}}) << "twice";
    QTest::newRow("big-endian") << pth::archive(
                                       {{"a/data.pkl", pth::program("}")}, {"a/byteorder", "big"}})
                                << "big-endian";
    QTest::newRow("a million values")
        << checkpoint("(" + QByteArray(1'100'000, 'N') + "t") << "more than a million values";
}

void TestPth::refuses()
{
    QFETCH(QByteArray, file);
    QFETCH(QString, complaint);
    try {
        readZip(file);
        QFAIL("it was accepted");
    } catch (const core::Error &error) {
        QVERIFY(error.kind() == core::ErrorKind::BadCheckpoint);
        QVERIFY2(QString(error.what()).contains("some.pth"), error.what());
        QVERIFY2(QString(error.what()).contains(complaint), error.what());
    }
}

void TestPth::survivesDeepNestingAndCycles()
{
    QByteArray nested = "]";
    for (int i = 0; i < 200'000; ++i)
        nested += "\x85"; // each a tuple of the one before
    QVERIFY_EXCEPTION_THROWN(readZip(checkpoint(nested)), core::Error);
    // A dictionary that wraps itself.
    const QByteArray cycle = QByteArray("}q\x01", 3) + pth::text("model") + "h\x01s";
    QVERIFY_EXCEPTION_THROWN(readZip(checkpoint(cycle)), core::Error);
}

void TestPth::survivesTruncation_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<bool>("legacy");
    QTest::newRow("zip") << fixture("sam_small_a.pth") << false;
    QTest::newRow("legacy") << fixture("sam_small_a.legacy.pth") << true;
}

namespace
{

StateDict readEither(const QByteArray &file, bool legacy)
{
    // A copy of exactly this size, so that a sanitizer sees the first byte beyond.
    const std::vector<std::byte> bytes(reinterpret_cast<const std::byte *>(file.constData()),
                                       reinterpret_cast<const std::byte *>(file.constData()) +
                                           file.size());
    StateDict tensors = legacy ? core::readLegacyPth(bytes, "some.pth", nullptr)
                               : core::readZipPth(bytes, "some.pth", nullptr);
    for (auto &[name, tensor] : tensors)
        tensor = tensor.clone(); // touches every byte it claims
    return tensors;
}

} // namespace

void TestPth::survivesTruncation()
{
    QFETCH(QByteArray, file);
    QFETCH(bool, legacy);
    QVERIFY(readEither(file, legacy).size() > 100);
    for (qsizetype i = 0; i < 97; ++i) {
        const qsizetype length = std::max<qsizetype>(file.size() * i / 97, 15);
        QVERIFY_EXCEPTION_THROWN(readEither(file.left(length), legacy), core::Error);
    }
    QVERIFY_EXCEPTION_THROWN(readEither(file.chopped(1), legacy), core::Error);
}

void TestPth::survivesFlippedBytes_data()
{
    survivesTruncation_data();
}

/// A flipped byte may go unnoticed (it is a weight) or be refused; anything else is a crash.
void TestPth::survivesFlippedBytes()
{
    QFETCH(QByteArray, file);
    QFETCH(bool, legacy);
    // The parts that are read as structure: the first 30 KB and the last.
    int refused = 0;
    for (int i = 0; i < 400; ++i) {
        QByteArray damaged = file;
        const qsizetype within = 15 + (i * 7919LL) % 30000;
        const qsizetype position = i % 2 == 0 ? within : file.size() - within;
        damaged[position] = static_cast<char>(damaged[position] ^ (1 << i % 8));
        try {
            readEither(damaged, legacy);
        } catch (const core::Error &error) {
            QVERIFY(error.kind() == core::ErrorKind::BadCheckpoint);
            ++refused;
        }
    }
    QVERIFY(refused > 0);
}

QTEST_APPLESS_MAIN(TestPth)
#include "tst_pth.moc"
