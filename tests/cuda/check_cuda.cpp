// SPDX-License-Identifier: Apache-2.0
// check_cuda [JSON]: are the models right on this machine's GPU, and how quick? Prints a table and
// writes it to the file. The cuda device is taken, or the CPU where CHECK_DEVICE is "cpu" (which
// proves the program, not the GPU). Takes less than a minute.
#include "tests/cuda/checks.h"

#include <cstdlib>
#include <functional>
#include <string_view>

namespace
{

void run(CheckReport &report, const char *what, const std::function<void()> &part)
{
    try {
        part();
    } catch (const std::exception &error) {
        const std::string text = error.what();
        report.failed(what, text.substr(0, text.find('\n')));
    }
}

} // namespace

int main(int argc, char **argv)
{
    const char *wanted = std::getenv("CHECK_DEVICE");
    const bool onCpu = wanted && std::string_view(wanted) == "cpu";
    if (!onCpu && torch::cuda::device_count() == 0) {
        std::printf("no GPU that this LibTorch can use: nothing was checked\n");
        return 77;
    }
    const torch::Device device =
        onCpu ? torch::Device(torch::kCPU) : torch::Device(torch::kCUDA, 0);
    CheckReport report;
    run(report, "reference", [&] { checkReference(report, device); });
    if (!onCpu) {
        run(report, "vit_b", [&] { checkModel(report, "vit_b", device); });
        run(report, "parts", [&] { timeParts(report, device); });
        run(report, "vit_b times", [&] { timeModel(report, "vit_b", device); });
        run(report, "vit_h times", [&] { timeModel(report, "vit_h", device); });
    }
    if (argc > 1)
        report.write(argv[1]);
    std::printf("\n%d failed\n", report.failures());
    return report.failures() == 0 ? 0 : 1;
}
