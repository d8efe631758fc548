// SPDX-License-Identifier: Apache-2.0
#include "tests/cuda/checks.h"

#include "core/cuda/launch_check.h"
#include "core/torch/cuda/device_memory.h"
#include "core/torch/sam/sam_tensors.h"
#include "tests/cuda/relieved_model.h"
#include "tests/cuda/test_picture.h"

#include <cuda_runtime_api.h>

#include <optional>
#include <vector>

namespace
{

constexpr double megabyte = 1 << 20;

double freeMegabytes()
{
    std::size_t free = 0, total = 0;
    core::cuda::check(cudaMemGetInfo(&free, &total), "asking for free memory");
    return double(free) / megabyte;
}

/// Another program that takes all of the GPU's memory but so many megabytes.
class Neighbour
{
public:
    explicit Neighbour(double left)
    {
        // In pieces: the driver gives no single block as large as all that is free.
        for (double piece = 4096; piece >= 2; piece /= 2) {
            void *memory = nullptr;
            while (freeMegabytes() - piece >= left &&
                   cudaMalloc(&memory, std::size_t(piece * megabyte)) == cudaSuccess)
                m_pieces.push_back(memory);
        }
        cudaGetLastError(); // what did not fit is none of LibTorch's business
    }
    ~Neighbour()
    {
        for (void *piece : m_pieces)
            cudaFree(piece);
    }
    Neighbour(const Neighbour &) = delete;
    Neighbour &operator=(const Neighbour &) = delete;

private:
    std::vector<void *> m_pieces;
};

} // namespace

void checkMemoryShortage(CheckReport &report, torch::Device device)
{
    const c10::InferenceMode inference;
    const core::StateDict tensors =
        core::sam::randomSamTensors(core::sam::officialSamConfig("vit_b"));
    report.section("vit_b in float32, when another program takes the GPU's memory");
    const core::Image picture = testPicture({900, 600});
    std::vector<core::Prompt> prompts;
    for (int i = 0; i < 32; ++i) {
        core::Prompt &click = prompts.emplace_back();
        click.points = {{{20.0 + 27 * i, 300}}};
    }
    std::vector<core::ScoredLogits> expected;
    {
        RelievedModel keeper(tensors, device);
        expected = keeper.answers(picture, prompts);
    }
    core::cuda::giveBackUnused();
    const double before = freeMegabytes();
    struct Case {
        double left; ///< megabytes
        bool isLoadedBefore;
    };
    for (const Case &one : {Case{3000, true}, Case{1000, true}, Case{300, true}, Case{50, true},
                            Case{300, false}, Case{50, false}}) {
        const std::string name =
            std::to_string(int(one.left)) + " MB left" +
            (one.isLoadedBefore ? ", model loaded before" : ", from the start");
        std::optional<RelievedModel> keeper;
        if (one.isLoadedBefore)
            keeper.emplace(tensors, device);
        core::cuda::giveBackUnused();
        std::optional<Neighbour> neighbour(std::in_place, one.left);
        const double taken = before - freeMegabytes();
        try {
            if (!keeper)
                keeper.emplace(tensors, device);
            const auto actual = keeper->answers(picture, prompts);
            const bool isHalf = keeper->info().precision == "fp16";
            const bool isOnCpu = keeper->info().device == core::Device::Cpu;
            report.atMost(name + ": logits", difference(actual, expected), isHalf ? 0.1 : 1e-3);
            keeper->tell();
            if (isOnCpu) {
                neighbour.reset();
                report.atMost(name + ": memory still held on the GPU", before - freeMegabytes(),
                              200, "MB");
            }
        } catch (const std::exception &error) {
            report.failed(name, std::string(error.what()) +
                                    " Given up: " + (keeper ? keeper->steps() : "unknown") +
                                    "; taken " + std::to_string(int(taken)) + " MB");
        }
        keeper.reset();
        core::cuda::giveBackUnused();
    }
    RelievedModel keeper(tensors, device);
    report.atMost("with all memory again: logits",
                  difference(keeper.answers(picture, prompts), expected), 1e-6);
    report.atMost("with all memory again: things given up", double(keeper.steps().size()), 0);
}
