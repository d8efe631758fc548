// SPDX-License-Identifier: Apache-2.0
#include "core/segmentation/fake_segmenter.h"
#include "ui/editing/document.h"
#include "ui/editing/segmentation_service.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/theme/theme.h"

#ifdef MASKWRIGHT_WITH_TORCH
#include "core/torch/load_segmenter.h"
#endif

#include <CLI/CLI.hpp>
#include <QApplication>

#include <cstdio>

namespace
{

struct Options {
    std::vector<std::string> paths;
    std::string model = "default";
    std::string device = "auto";
    int threads = 0;
    bool fake = false;
    bool sample = false;
};

/// Runs on the inference thread.
std::unique_ptr<core::Segmenter> makeSegmenter(const Options &options)
{
#ifdef MASKWRIGHT_WITH_TORCH
    if (!options.fake) {
        core::SegmenterOptions choice;
        choice.device = options.device == "cpu"    ? core::DeviceChoice::Cpu
                        : options.device == "cuda" ? core::DeviceChoice::Cuda
                                                   : core::DeviceChoice::Auto;
        choice.threads = options.threads;
        return options.model == "default" ? core::loadDefaultSegmenter(choice)
                                          : core::loadSegmenter(options.model, choice);
    }
#else
    (void)options;
#endif
    return std::make_unique<core::FakeSegmenter>();
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
    parser.add_option("paths", options.paths,
                      "Pictures, a folder of pictures, or a .mwproj project");
    parser.add_option("--model", options.model, "\"default\", or a SAM checkpoint");
    parser.add_option("--device", options.device, "auto, cpu or cuda")
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}));
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
    ui::SegmentationService service([options] { return makeSegmenter(options); });
    ui::MainWindow window(document, service, dark, libraries());
    window.show();
    QStringList paths;
    for (const std::string &path : options.paths)
        paths << QString::fromStdString(path);
    if (options.sample)
        window.openSample();
    else if (!paths.isEmpty())
        window.openPaths(paths);
    return QApplication::exec();
}
