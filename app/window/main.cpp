// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/fake_segmenter.h"
#include "ui/editing/document.h"
#include "ui/editing/model_chooser.h"
#include "ui/editing/prefer_bf16.h"
#include "ui/editing/segmentation_service.h"
#include "ui/widgets/first_paint.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/preferences/preferences_dialog.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/theme/theme.h"

#ifdef MASKWRIGHT_WITH_TORCH
#include "core/cpu/kernels.h"
#include "core/torch/module/torch_module.h"
#endif

#include <CLI/CLI.hpp>
#include <QApplication>
#include <QFileInfo>
#include <QStandardPaths>

#include <atomic>
#include <cstdio>

namespace
{

struct Options {
    std::vector<std::string> paths;
    std::string model; ///< empty: as remembered
    std::string device = "auto";
    std::string precision = "auto";
    int threads = -1; ///< -1: as remembered
    bool fake = false;
    bool sample = false;
};

ui::ProcessorBf16 processorBf16(const Options &options)
{
#ifdef MASKWRIGHT_WITH_TORCH
    if (options.fake)
        return ui::ProcessorBf16::NoMatter;
    if (!core::cpu::kernels() || !core::cpu::kernels()->bf16)
        return ui::ProcessorBf16::Missing;
    return options.precision == "auto" ? ui::ProcessorBf16::There : ui::ProcessorBf16::Decided;
#else
    (void)options;
    return ui::ProcessorBf16::NoMatter;
#endif
}

#ifdef MASKWRIGHT_WITH_TORCH
core::PrecisionChoice precisionChoice(const std::string &name)
{
    return name == "fp32"   ? core::PrecisionChoice::Fp32
           : name == "bf16" ? core::PrecisionChoice::Bf16
           : name == "fp16" ? core::PrecisionChoice::Fp16
                            : core::PrecisionChoice::Auto;
}

std::unique_ptr<core::Segmenter> load(core::TorchModule &torch, const QString &file,
                                      const core::SegmenterOptions &options)
{
    return file.isEmpty()
               ? torch.loadDefaultSegmenter(options)
               : torch.loadSegmenter(std::filesystem::path(file.toStdU16String()), options);
}

/// Runs on the inference thread.
std::unique_ptr<core::Segmenter> makeSegmenter(core::TorchModule &torch, const Options &asked,
                                               const ui::ModelChoice &model,
                                               const core::ComputeLimits &limits)
{
    core::SegmenterOptions options;
    options.device = asked.device == "cpu" || limits.onCpu ? core::DeviceChoice::Cpu
                     : asked.device == "cuda"              ? core::DeviceChoice::Cuda
                                                           : core::DeviceChoice::Auto;
    if (limits.halfPrecision)
        options.precision = core::PrecisionChoice::Fp16;
    // The CPU has fp32; it need not have what else was asked of a GPU.
    else if (!limits.onCpu || asked.precision == "fp32")
        options.precision = precisionChoice(asked.precision);
    options.smallBatches = limits.smallBatches;
    options.threads = model.threads;
    if (options.precision != core::PrecisionChoice::Auto || !model.bf16 ||
        processorBf16(asked) != ui::ProcessorBf16::There)
        return load(torch, model.file, options);
    return ui::preferBf16([&](bool bf16) {
        options.precision = bf16 ? core::PrecisionChoice::Bf16 : core::PrecisionChoice::Auto;
        return load(torch, model.file, options);
    });
}
#endif

/// LibTorch is not loaded before `shown` is set: while its libraries start, for a third of a
/// second, no other thread can load one, and the window would need some.
ui::ModelMaker modelMaker(const Options &options, const std::atomic_flag &shown)
{
#ifdef MASKWRIGHT_WITH_TORCH
    if (!options.fake)
        return [torch = std::make_shared<core::TorchModule>(), options,
                &shown](const ui::ModelChoice &model, const core::ComputeLimits &limits) {
            shown.wait(false);
            return makeSegmenter(*torch, options, model, limits);
        };
#else
    (void)options, (void)shown;
#endif
    return [](const ui::ModelChoice &, const core::ComputeLimits &) {
        return std::make_unique<core::FakeSegmenter>();
    };
}

/// The command line goes before what is remembered.
ui::ModelChoice modelChoice(const Options &options, const ui::ModelChoice &remembered)
{
    ui::ModelChoice choice = remembered;
    if (!options.model.empty())
        choice.file = options.model == "default"
                          ? QString()
                          : QFileInfo(QString::fromStdString(options.model)).absoluteFilePath();
    if (options.threads >= 0)
        choice.threads = options.threads;
    return choice;
}

/// The pictures of all programs' windows share one folder of embeddings.
ui::EmbeddingOptions embeddingOptions(const ui::PreferenceValues &preferences)
{
    ui::EmbeddingOptions options;
    options.budgets = preferences.budgets;
    options.prefetch = preferences.prefetch;
    options.diskFolder =
        std::filesystem::path(QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
                                  .toStdU16String()) /
        "maskwright" / "embeddings";
    return options;
}

QString libraries()
{
#ifdef MASKWRIGHT_WITH_TORCH
    return QStringLiteral("LibTorch " MASKWRIGHT_TORCH_VERSION);
#else
    return {};
#endif
}

} // namespace

int main(int argc, char **argv)
{
    Options options;
    CLI::App parser("Maskwright draws object masks: point at something, get its pixels.");
    parser.add_option(
        "paths", options.paths,
        "Pictures, a folder of pictures, or a .mwproj project; also a detector's boxes "
        "or masks in them (.json)");
    parser.add_option(
        "--model", options.model,
        "\"default\", or a SAM or MobileSAM checkpoint; otherwise as in the preferences");
    parser.add_option("--device", options.device, "auto, cpu or cuda")
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}));
    parser
        .add_option(
            "--precision", options.precision,
            "auto (on the CPU as in the preferences), fp32, bf16 or fp16; on the CPU bf16 is "
            "quicker and less exact, and needs AVX512-BF16")
        ->check(CLI::IsMember({"auto", "fp32", "bf16", "fp16"}));
    parser.add_option("--threads", options.threads, "Threads of the model; 0: as many as cores")
        ->check(CLI::NonNegativeNumber);
    parser.add_flag("--fake", options.fake,
                    "Discs instead of a model's answers, to try the window");
    parser.add_flag("--sample", options.sample, "Open the built-in sample picture");
    parser.set_version_flag("--version", "maskwright " MASKWRIGHT_VERSION);
    try {
        parser.parse(argc, argv);
    } catch (const CLI::Success &message) { // --help, --version
        return parser.exit(message);
    } catch (const CLI::ParseError &error) {
        parser.exit(error);
        return 2;
    }

    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("maskwright"));
    QApplication::setApplicationDisplayName(QStringLiteral("Maskwright"));
    QApplication::setApplicationVersion(QStringLiteral(MASKWRIGHT_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("org.maskwright.Maskwright"));
    const bool dark = ui::systemIsDark(application);

    ui::Document document;
    const ui::PreferenceValues preferences = ui::settings::preferences();
    std::atomic_flag shown; // outlives the service, whose thread waits for it
    const auto letModelsLoad = [&shown] {
        shown.test_and_set();
        shown.notify_all();
    };
    const ui::ModelMaker maker = modelMaker(options, shown);
    const ui::ModelChoice model = modelChoice(options, preferences.model);
    ui::SegmentationService service(ui::ModelChooser::factory(maker, model), nullptr,
                                    embeddingOptions(preferences));
    ui::MainWindow window(document, service, dark, libraries());
    window.setModels(maker, model, processorBf16(options));
    window.show();
    ui::afterFirstPaint(*window.canvas(), letModelsLoad);
    QStringList paths;
    for (const std::string &path : options.paths)
        paths << QString::fromStdString(path);
    if (options.sample)
        window.openSample();
    else if (!paths.isEmpty())
        window.openPaths(paths);
    const int result = QApplication::exec();
    letModelsLoad(); // where the window was closed before it was painted
    return result;
}
