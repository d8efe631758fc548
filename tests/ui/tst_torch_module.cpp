// SPDX-License-Identifier: Apache-2.0
// The real window and LibTorch in a module of its own: there, missing, of another build.
#include "core/torch/module/torch_module.h"
#include "ui/editing/model_chooser.h"
#include "ui/widgets/first_paint.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/status_line.h"
#include "window_fixture.h"

#include <QFile>

using namespace ui;

namespace
{

/// The window as the program makes it: the model is loaded once the window has been painted.
class LateModel
{
public:
    explicit LateModel(const std::filesystem::path &module = core::moduleFile("maskwright-torch"),
                       const QString &checkpoint = {})
        : m_maker([torch = std::make_shared<core::TorchModule>(module),
                   this](const ModelChoice &model, const core::ComputeLimits &) {
              m_shown.wait(false);
              const core::SegmenterOptions options{.device = core::DeviceChoice::Cpu,
                                                   .threads = model.threads};
              return model.file.isEmpty() ? torch->loadDefaultSegmenter(options)
                                          : torch->loadSegmenter(model.file.toStdString(), options);
          }),
          service(ModelChooser::factory(m_maker, {checkpoint, 0})), window(document, service, false)
    {
        window.setModels(m_maker, {checkpoint, 0});
    }
    ~LateModel() { letModelsLoad(); }
    void letModelsLoad()
    {
        m_shown.test_and_set();
        m_shown.notify_all();
    }
    void show()
    {
        window.show();
        afterFirstPaint(*window.canvas(), [this] { letModelsLoad(); });
    }
    QString message() const { return window.messages()->text(); }
    ServiceStatus::Phase phase() const { return service.status().phase; }

private:
    std::atomic_flag m_shown;
    ModelMaker m_maker;

public:
    QTemporaryDir folder;
    Document document;
    SegmentationService service;
    MainWindow window;
};

QByteArray memoryMap()
{
    QFile file("/proc/self/maps");
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestTorchModule : public QObject
{
    Q_OBJECT

    using Phase = ServiceStatus::Phase;

    QTemporaryDir m_settings;

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
        QStandardPaths::setTestModeEnabled(true);
    }

    /// Before any other: what is loaded stays.
    void theProgramStartsWithoutLibTorch()
    {
        LateModel f;
        f.window.show();
        QTest::qWait(20);
        QVERIFY(f.phase() == Phase::LoadingModel);
        const QByteArray map = memoryMap();
        QVERIFY(map.contains("libQt6Widgets"));
        for (const char *library : {"libtorch", "libc10", "maskwright-torch"})
            QVERIFY2(!map.contains(library), library);
    }

    void theWindowMayCloseBeforeItShows() { const LateModel f; }

    /// The first of these while LibTorch's libraries start, the others while the model is read.
    void theWindowMayCloseWhileItIsLoaded()
    {
        for (int milliseconds = 0; milliseconds < 20; milliseconds += 4) {
            LateModel f;
            f.letModelsLoad();
            f.show();
            QTest::qWait(milliseconds);
        }
    }

    void aMissingModuleIsToldAndTheWindowGoesOn()
    {
        LateModel f("/nowhere/maskwright-torch.so");
        f.show();
        EVENTUALLY(f.phase() == Phase::NoModel);
        QVERIFY(f.window.messages()->kind() == MessageBar::Kind::Error);
        QVERIFY(f.message().contains("\"/nowhere/maskwright-torch.so\""));
        QVERIFY(f.message().contains("is missing. Install Maskwright anew."));
        QVERIFY(f.window.statusLine()->serviceText().contains("No model"));

        // Pictures open all the same; a click is refused by the same sentence.
        f.window.messages()->dismiss();
        WindowFixture::drawPicture(f.folder.filePath("a.png"), {640, 480}, Qt::lightGray);
        f.window.openPaths({f.folder.path()});
        EVENTUALLY(f.window.canvas()->hasPicture());
        QTest::mouseClick(f.window.canvas(), Qt::LeftButton, {},
                          f.window.canvas()->rect().center());
        EVENTUALLY(f.message().contains("is missing. Install Maskwright anew."));
    }

    void aModuleOfAnotherBuildIsTold()
    {
        LateModel f(TEST_MODULE_OF_ANOTHER_BUILD);
        f.show();
        EVENTUALLY(f.phase() == Phase::NoModel);
        QVERIFY(f.message().contains("belongs to another build"));
    }

    void theDefaultModelAnswers()
    {
        LateModel f;
        f.show();
        WindowFixture::drawPicture(f.folder.filePath("a.png"), {640, 480}, Qt::lightGray);
        f.window.openPaths({f.folder.path()});
        EVENTUALLY(f.service.isReady());
        QCOMPARE(f.service.status().modelName, "default model");
        QVERIFY(memoryMap().contains("libtorch"));
        const QPoint at =
            f.window.canvas()->transform().toView(core::ImagePoint{190, 140}).toPoint();
        QTest::mouseClick(f.window.canvas(), Qt::LeftButton, {}, at);
        EVENTUALLY(f.window.session().current());
        // The dark block of 60 x 40 pixels, or what the model makes of it.
        const qint64 area = f.window.session().current()->shape.area;
        QVERIFY2(area > 1200 && area < 4800, qPrintable(QString::number(area)));
    }

    void aCheckpointThatIsNotThereLeavesTheDefaultModel()
    {
        LateModel f(core::moduleFile("maskwright-torch"), "/nowhere/sam.pth");
        f.show();
        EVENTUALLY(f.phase() == Phase::Idle);
        QCOMPARE(f.service.status().modelName, "default model");
        QVERIFY(f.message().contains("/nowhere/sam.pth"));
        QVERIFY(f.message().contains("The default model takes its place."));
    }

    void whatTheModelThrowsIsCaughtAsWhatItIs()
    {
        core::TorchModule torch;
        try {
            torch.loadSegmenter("/nowhere/sam.pth");
            QFAIL("nothing was thrown");
        } catch (const core::Error &error) {
            QVERIFY(error.kind() == core::ErrorKind::FileNotFound);
        }
        const auto segmenter = torch.loadDefaultSegmenter({.device = core::DeviceChoice::Cpu});
        std::stop_source stop;
        stop.request_stop();
        try {
            segmenter->encode(core::Image({320, 200}).view(), stop.get_token());
            QFAIL("nothing was thrown");
        } catch (const core::Error &error) {
            QVERIFY(error.kind() == core::ErrorKind::Cancelled);
        }
    }

    void modelsFollowOneAnother()
    {
        LateModel f;
        f.show();
        EVENTUALLY(f.phase() == Phase::Idle);
        for (int threads = 1; threads <= 3; ++threads) {
            ModelChooser *models = f.window.findChild<ModelChooser *>();
            models->use({QString(), threads});
            QVERIFY(f.phase() == Phase::LoadingModel);
            EVENTUALLY(f.phase() == Phase::Idle);
        }
    }
};

QTEST_MAIN(TestTorchModule)
#include "tst_torch_module.moc"
