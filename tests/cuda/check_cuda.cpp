// SPDX-License-Identifier: Apache-2.0
// check_cuda [JSON]: are the models right on this machine's GPU, and how quick? Prints a table and
// writes it to the file. The cuda device is taken, or the CPU where CHECK_DEVICE is "cpu" (which
// proves the program, not the GPU). CHECK_PARTS chooses among "reference model times flight
// memory", which are all done where it is not set; "crowded" is for a GPU that another process has
// filled. "flight" and "crowded" are done on the CPU when they are asked for. Takes two minutes.
#include "tests/cuda/checks.h"

#include <cstdio>
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
    std::setvbuf(stdout, nullptr, _IOLBF, 0); // a crash shall not take what was printed with it
    const char *wanted = std::getenv("CHECK_DEVICE");
    const bool onCpu = wanted && std::string_view(wanted) == "cpu";
    if (!onCpu && torch::cuda::device_count() == 0) {
        std::printf("no GPU that this LibTorch can use: nothing was checked\n");
        return 77;
    }
    const torch::Device device =
        onCpu ? torch::Device(torch::kCPU) : torch::Device(torch::kCUDA, 0);
    const char *chosen = std::getenv("CHECK_PARTS");
    const std::string_view parts = chosen ? chosen : "";
    CheckReport report;
    const auto wants = [&](std::string_view part) {
        return parts.empty() || parts.find(part) != std::string_view::npos;
    };
    if (wants("reference")) {
        run(report, "reference", [&] { checkReference(report, device); });
        run(report, "MobileSAM", [&] { checkMobileSam(report, device); });
    }
    if (!parts.empty() && wants("crowded"))
        run(report, "crowded", [&] { checkCrowded(report, device); });
    if (onCpu) {
        if (!parts.empty() && wants("flight")) // takes minutes there
            run(report, "flight", [&] { checkPicturesInFlight(report, "vit_b", device); });
    } else {
        if (wants("model"))
            run(report, "vit_b", [&] { checkModel(report, "vit_b", device); });
        if (wants("times")) {
            run(report, "parts", [&] { timeParts(report, device); });
            run(report, "vit_b times", [&] { timeModel(report, "vit_b", device); });
            run(report, "vit_h times", [&] { timeModel(report, "vit_h", device); });
        }
        if (wants("flight"))
            for (const char *size : {"vit_b", "vit_h"})
                run(report, "flight", [&] { checkPicturesInFlight(report, size, device); });
#ifdef CHECK_MEMORY_SHORTAGE
        if (wants("memory"))
            run(report, "memory", [&] { checkMemoryShortage(report, device); });
#endif
    }
    if (argc > 1)
        report.write(argv[1]);
    std::printf("\n%d failed\n", report.failures());
    return report.failures() == 0 ? 0 : 1;
}
