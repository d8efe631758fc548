// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/preferences/preferences_dialog.h"

#include "core/error.h"
#include "ui/editing/prefer_bf16.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/preferences/byte_spin_box.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/status_line.h"
#include "window_fixture.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTimer>
#include <QtTest>

using namespace ui;

namespace
{

PreferenceValues someValues()
{
    PreferenceValues values;
    values.budgets = {std::size_t(256) << 20, 12345, quint64(3) << 30};
    values.prefetch = false;
    values.model = {QStringLiteral("/models/b.pth"), 3, true};
    return values;
}

/// Says of itself what it is told to.
class Posing : public core::FakeSegmenter
{
public:
    explicit Posing(const std::string &name, core::Device device = core::Device::Cpu,
                    const std::string &precision = "fp32")
        : m_info(FakeSegmenter::info())
    {
        m_info.modelName = name;
        m_info.device = device;
        m_info.precision = precision;
    }
    const core::SegmenterInfo &info() const override { return m_info; }

private:
    core::SegmenterInfo m_info;
};

/// A model of this name, with what it computes in; "bad.pth" does not load.
std::unique_ptr<core::Segmenter> makeModel(const ModelChoice &choice, const core::ComputeLimits &)
{
    if (choice.file.endsWith(QLatin1String("bad.pth")))
        throw core::Error(core::ErrorKind::BadCheckpoint, "bad.pth is cut short.");
    return std::make_unique<Posing>(
        (choice.file.isEmpty() ? "default" : choice.file.toStdString()) +
        (choice.bf16 ? " in bf16" : ""));
}

QString wordsOf(const QWidget &dialog)
{
    QString words;
    for (const QLabel *label : dialog.findChildren<QLabel *>())
        words += label->text() + QLatin1Char('\n');
    return words;
}

} // namespace

class TestPreferences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytesAreSaidInWords()
    {
        ByteSpinBox box;
        const auto text = [&box](quint64 bytes) {
            box.setBytes(bytes);
            return box.text();
        };
        QCOMPARE(text(0), QStringLiteral("Off"));
        QCOMPARE(text(quint64(512) << 20), QStringLiteral("512 MB"));
        QCOMPARE(text(quint64(2) << 30), QStringLiteral("2 GB"));
        QCOMPARE(text(quint64(1536) << 20), QStringLiteral("1.5 GB"));
    }

    void bytesCanBeTyped_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<quint64>("megabytes");
        QTest::newRow("a number is megabytes") << "300" << quint64(300);
        QTest::newRow("with a unit") << "4 GB" << quint64(4096);
        QTest::newRow("small letters, no space") << "1.5gb" << quint64(1536);
        QTest::newRow("a letter is enough") << "2G" << quint64(2048);
        QTest::newRow("terabytes") << "1 TB" << quint64(1 << 20);
        QTest::newRow("nothing") << "0" << quint64(0);
        QTest::newRow("more than there is") << "999999 TB" << quint64(1 << 22);
        QTest::newRow("nonsense changes nothing") << "much" << quint64(100);
    }
    void bytesCanBeTyped()
    {
        QFETCH(QString, text);
        QFETCH(quint64, megabytes);
        ByteSpinBox box;
        box.setBytes(quint64(100) << 20);
        box.selectAll();
        QTest::keyClicks(&box, text);
        QTest::keyClick(&box, Qt::Key_Tab);
        box.interpretText();
        QCOMPARE(box.bytes() >> 20, megabytes);
    }

    void stepsDoubleAndHalve()
    {
        ByteSpinBox box;
        QList<quint64> seen;
        for (const int step : {1, 1, 5, -1, -10}) {
            box.stepBy(step);
            seen << (box.bytes() >> 20);
        }
        QCOMPARE(seen, (QList<quint64>{64, 128, 4096, 2048, 0}));
    }

    void whatIsNotTouchedComesBackAsItWas()
    {
        QCOMPARE(PreferencesDialog(someValues(), {true, true, true}, nullptr).values(),
                 someValues());
        QCOMPARE(PreferencesDialog({}, {}, nullptr).values(), PreferenceValues{});
        for (const ProcessorBf16 bf16 :
             {ProcessorBf16::Missing, ProcessorBf16::Decided, ProcessorBf16::There}) {
            QCOMPARE(PreferencesDialog(someValues(), {true, true, true, bf16}, nullptr).values(),
                     someValues());
        }
    }

    void changesComeBack()
    {
        PreferencesDialog dialog({}, {true, true, true}, nullptr);
        dialog.findChild<ByteSpinBox *>("memory")->setBytes(quint64(1) << 30);
        dialog.findChild<ByteSpinBox *>("disk")->setBytes(0);
        dialog.findChild<QCheckBox *>("prefetch")->setChecked(false);
        dialog.findChild<QSpinBox *>("threads")->setValue(2);
        dialog.setModelFile("/models/l.safetensors");
        PreferenceValues values = dialog.values();
        QCOMPARE(values.budgets.memory, std::size_t(1) << 30);
        QCOMPARE(values.budgets.disk, quint64(0));
        QVERIFY(!values.prefetch);
        QCOMPARE(values.model, (ModelChoice{QStringLiteral("/models/l.safetensors"), 2}));
        dialog.findChild<QRadioButton *>("defaultModel")->click();
        values = dialog.values();
        QCOMPARE(values.model.file, QString());
    }

    void precisionIsOfferedWhereItMatters()
    {
        const PreferencesDialog nowhere({}, {true, false, true}, nullptr);
        QVERIFY(!nowhere.findChild<QComboBox *>("precision"));
        QVERIFY(!wordsOf(nowhere).contains("bf16"));

        PreferencesDialog dialog({}, {true, false, true, ProcessorBf16::There}, nullptr);
        auto *precision = dialog.findChild<QComboBox *>("precision");
        QVERIFY(precision->isEnabled());
        QVERIFY(precision->currentText().contains("fp32"));
        QVERIFY(wordsOf(dialog).contains("1.7 times"));
        precision->setCurrentIndex(1);
        QVERIFY(precision->currentText().contains("bf16"));
        QVERIFY(dialog.values().model.bf16);
        precision->setCurrentIndex(0);
        QVERIFY(!dialog.values().model.bf16);
    }

    void whatCannotBeChosenSaysWhy()
    {
        const PreferencesDialog missing(someValues(), {true, false, true, ProcessorBf16::Missing},
                                        nullptr);
        const auto *precision = missing.findChild<QComboBox *>("precision");
        QVERIFY(!precision->isEnabled());
        QVERIFY(precision->currentText().contains("fp32"));
        QVERIFY(wordsOf(missing).contains("AVX512-BF16"));
        const PreferencesDialog decided(someValues(), {true, false, true, ProcessorBf16::Decided},
                                        nullptr);
        QVERIFY(!decided.findChild<QComboBox *>("precision")->isEnabled());
        QVERIFY(wordsOf(decided).contains("--precision"));
    }

    void bf16IsForProcessorsAndModelsThatCan()
    {
        const auto made = [](core::Device device, std::optional<core::ErrorKind> inBf16) {
            return preferBf16([=](bool bf16) -> std::unique_ptr<core::Segmenter> {
                if (bf16 && inBf16)
                    throw core::Error(*inBf16, "not in bf16");
                return std::make_unique<Posing>("model", device, bf16 ? "bf16" : "its own");
            });
        };
        QCOMPARE(made(core::Device::Cpu, {})->info().precision, "bf16");
        QCOMPARE(made(core::Device::Cuda, {})->info().precision, "its own");
        QCOMPARE(made(core::Device::Cpu, core::ErrorKind::DeviceUnavailable)->info().precision,
                 "its own");
        QVERIFY_EXCEPTION_THROWN(made(core::Device::Cpu, core::ErrorKind::BadCheckpoint),
                                 core::Error);
    }

    void theDiskCanBeClearedWhenThereIsSomething()
    {
        PreferencesDialog dialog({}, {}, nullptr);
        QSignalSpy asked(&dialog, &PreferencesDialog::clearDiskAsked);
        auto *clear = dialog.findChild<QPushButton *>("clear");
        QVERIFY(!clear->isEnabled());
        dialog.setDiskSize(5 << 20);
        clear->click();
        QCOMPARE(asked.count(), 1);
        dialog.setDiskSize(0);
        QVERIFY(!clear->isEnabled());
    }

    void settingsKeepThem()
    {
        const QTemporaryDir folder;
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
        QCOMPARE(settings::preferences(), PreferenceValues{});
        settings::setPreferences(someValues());
        QCOMPARE(settings::preferences(), someValues());
    }

    void anotherPrecisionIsAnotherModel()
    {
        WindowFixture f;
        f.window.setModels(makeModel, {}, ProcessorBf16::There);
        f.openFolder();
        EVENTUALLY(f.service.isReady());
        const auto choose = [&f](int precision) {
            QTimer::singleShot(0, &f.window, [precision] {
                auto *dialog = qobject_cast<PreferencesDialog *>(QApplication::activeModalWidget());
                QVERIFY(dialog);
                dialog->findChild<QComboBox *>("precision")->setCurrentIndex(precision);
                dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->click();
            });
            f.window.actions()[ActionId::Preferences]->trigger();
        };
        choose(1);
        EVENTUALLY(f.service.status().modelName == QLatin1String("default in bf16"));
        EVENTUALLY(f.service.isReady());
        QVERIFY(settings::preferences().model.bf16);
        choose(0);
        EVENTUALLY(f.service.status().modelName == QLatin1String("default"));
        QVERIFY(!settings::preferences().model.bf16);
    }

    void aModelIsChosenAndRememberedAndABadOneGivesWay()
    {
        WindowFixture f;
        f.window.setModels(makeModel, {});
        f.openFolder();
        const auto choose = [&f](const QString &file) {
            // The dialog is modal: this runs while it is open.
            QTimer::singleShot(0, &f.window, [file] {
                auto *dialog = qobject_cast<PreferencesDialog *>(QApplication::activeModalWidget());
                QVERIFY(dialog);
                dialog->setModelFile(file);
                dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->click();
            });
            f.window.actions()[ActionId::Preferences]->trigger();
        };
        choose("/models/good.pth");
        EVENTUALLY(f.service.isReady());
        EVENTUALLY(f.window.statusLine()->serviceText().contains("good.pth"));
        QCOMPARE(settings::preferences().model.file, QStringLiteral("/models/good.pth"));

        choose("/models/bad.pth");
        EVENTUALLY(f.service.status().modelName == QLatin1String("default"));
        EVENTUALLY(f.service.isReady());
        QVERIFY(f.window.messages()->text().contains("bad.pth"));
        QVERIFY(f.window.messages()->text().contains("default model"));
    }
};

QTEST_MAIN(TestPreferences)
#include "tst_preferences.moc"
