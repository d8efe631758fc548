// SPDX-License-Identifier: Apache-2.0
// Loading a model and preparing a picture: told when they take long, and stopped when asked.
#include "ui/widgets/model_progress.h"

#include "ui/editing/model_chooser.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/preferences/preferences_dialog.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/status_line.h"
#include "window_fixture.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QScopeGuard>
#include <QTimer>

using namespace ui;

namespace
{

/// Models that are loaded only when the test says so, if their file's name begins with "held".
class HeldModels
{
public:
    ~HeldModels() { release(); }
    void release() { *m_isHeld = false; }
    ModelMaker maker() const
    {
        return [isHeld = m_isHeld](const ModelChoice &choice, const core::ComputeLimits &) {
            while (choice.file.contains(QStringLiteral("held")) && *isHeld)
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            return std::make_unique<Named>(choice.file.isEmpty() ? "default"
                                                                 : choice.file.toStdString());
        };
    }

private:
    class Named : public core::FakeSegmenter
    {
    public:
        explicit Named(const std::string &name) : m_named(FakeSegmenter::info())
        {
            m_named.modelName = m_named.weightsDigest = name;
        }
        const core::SegmenterInfo &info() const override { return m_named; }

    private:
        core::SegmenterInfo m_named;
    };
    std::shared_ptr<std::atomic<bool>> m_isHeld = std::make_shared<std::atomic<bool>>(true);
};

} // namespace

class TestModelProgress : public QObject
{
    Q_OBJECT

    static ModelProgress &progressOf(WindowFixture &f)
    {
        return *f.window.findChild<ModelProgress *>(QStringLiteral("modelProgress"));
    }
    static QString textOf(WindowFixture &f) { return progressOf(f).findChild<QLabel *>()->text(); }
    static QPushButton &cancelOf(WindowFixture &f)
    {
        return *progressOf(f).findChild<QPushButton *>();
    }
    static void choose(WindowFixture &f, const QString &file)
    {
        // The dialog is modal: this runs while it is open.
        QTimer::singleShot(0, &f.window, [file] {
            auto *dialog = qobject_cast<PreferencesDialog *>(QApplication::activeModalWidget());
            QVERIFY(dialog);
            dialog->setModelFile(file);
            dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->click();
        });
        f.window.actions()[ActionId::Preferences]->trigger();
    }

private Q_SLOTS:
    void preparingAPictureIsToldAndCanBeStopped()
    {
        WindowFixture f({}, false);
        f.openFolder();
        ModelProgress &progress = progressOf(f);
        EVENTUALLY(progress.isVisible());
        QVERIFY(textOf(f).contains("Preparing the picture"));
        f.click(150, 150); // waits
        QVERIFY(f.session().isWaiting());
        cancelOf(f).click();
        QVERIFY(progress.isHidden());
        QVERIFY(!f.session().isWaiting());
        QVERIFY(f.window.statusLine()->serviceText().contains("Not prepared"));
        QVERIFY(f.window.messages()->text().contains("a click with the smart tool"));
        QVERIFY(f.window.messages()->kind() == MessageBar::Kind::Information);
        f.session().drop();

        // Drawing by hand works without it.
        f.key(Qt::Key_B);
        f.drag({200, 300}, {300, 300});
        EVENTUALLY_EQUAL(f.objects().size(), std::size_t(1));
        QVERIFY(f.window.statusLine()->serviceText().contains("Not prepared"));

        // The next click is answered.
        f.key(Qt::Key_S);
        f.openGate();
        f.click(150, 150);
        EVENTUALLY(f.session().current());
        QVERIFY(f.service.isReady());
        EVENTUALLY(progress.isHidden());
        EVENTUALLY(f.window.messages()->text().isEmpty());
    }

    void lookingForEverythingPreparesThePicture()
    {
        WindowFixture f({}, false);
        f.openFolder();
        EVENTUALLY(f.service.status().phase == ServiceStatus::Phase::Embedding);
        f.service.cancelPreparing();
        f.openGate();
        f.window.actions()[ActionId::Everything]->trigger();
        EVENTUALLY(f.service.isReady());
    }

    void lookingCloserIsToldAndCanBeStopped()
    {
        WindowFixture f;
        f.openFolder();
        EVENTUALLY(f.service.isReady());
        f.service.focus({0, 0, 100, 100});
        QVERIFY(textOf(f).contains("Looking closer"));
        cancelOf(f).click();
        QVERIFY(!f.service.isFocusing());
        QVERIFY(f.service.isReady() && !f.service.focused());
    }

    void loadingAModelIsToldAndTheOneBeforeComesBack()
    {
        WindowFixture f;
        HeldModels models;
        f.window.setModels(models.maker(), {});
        f.openFolder();
        EVENTUALLY(f.service.isReady());
        choose(f, "/models/good.pth");
        EVENTUALLY(f.service.isReady());
        choose(f, "/models/held.pth");
        EVENTUALLY(progressOf(f).isVisible());
        QVERIFY(textOf(f).contains("Loading the model"));
        QVERIFY(cancelOf(f).isVisible());
        cancelOf(f).click();
        QVERIFY(f.window.messages()->text().contains("good.pth"));
        QVERIFY(f.window.messages()->kind() == MessageBar::Kind::Information);
        QCOMPARE(settings::preferences().model.file, QStringLiteral("/models/good.pth"));
        models.release();
        EVENTUALLY(f.service.isReady());
        QCOMPARE(f.service.status().modelName, QStringLiteral("/models/good.pth"));
        EVENTUALLY(progressOf(f).isHidden());
    }

    void whereNothingElseIsToBeUsedNothingCanBeStopped()
    {
        WindowFixture f;
        HeldModels models;
        f.window.setModels(models.maker(), {});
        EVENTUALLY(f.service.status().phase == ServiceStatus::Phase::Idle);
        choose(f, "/models/held.pth");
        cancelOf(f).click(); // before it is told: back to the default model
        QVERIFY(f.window.messages()->text().contains("default model"));
        QVERIFY(cancelOf(f).isHidden());
        models.release();
        EVENTUALLY(f.service.status().phase == ServiceStatus::Phase::Idle);
        QCOMPARE(f.service.status().modelName, QStringLiteral("default"));
    }

    void theFirstModelGivesWayToTheDefaultModel()
    {
        HeldModels models;
        const WindowFixture settingsOfItsOwn;
        PreferenceValues values;
        values.model.file = QStringLiteral("/models/held.pth");
        settings::setPreferences(values);
        Document document;
        SegmentationService service(ModelChooser::factory(models.maker(), values.model));
        MainWindow window(document, service, false);
        window.show();
        const auto release = qScopeGuard([&models] { models.release(); });
        window.setModels(models.maker(), values.model);
        auto *progress = window.findChild<ModelProgress *>(QStringLiteral("modelProgress"));
        progress->findChild<QPushButton *>()->click();
        QVERIFY(window.messages()->text().contains("default model"));
        models.release();
        EVENTUALLY(service.status().phase == ServiceStatus::Phase::Idle);
        QCOMPARE(service.status().modelName, QStringLiteral("default"));
        QCOMPARE(settings::preferences(), values); // it is tried again at the next start
    }
};

QTEST_MAIN(TestModelProgress)
#include "tst_model_progress.moc"
