// SPDX-License-Identifier: Apache-2.0
#include "tests/cuda/checks.h"

#include "core/error.h"
#include "core/segmentation/memory_relief.h"
#include "core/torch/cuda/device_memory.h"
#include "core/torch/sam/sam_segmenter.h"
#include "core/torch/sam/sam_tensors.h"
#include "core/torch/torch_call.h"
#include "tests/cuda/test_picture.h"

#include <cuda_runtime_api.h>

#include <cmath>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace
{

constexpr double megabyte = 1 << 20;

double freeMegabytes()
{
    std::size_t free = 0, total = 0;
    cudaMemGetInfo(&free, &total);
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

const char *nameOf(core::MemoryRelief::Step step)
{
    switch (step) {
    case core::MemoryRelief::Step::FreeCaches:
        return "caches freed";
    case core::MemoryRelief::Step::HalfPrecision:
        return "half precision";
    case core::MemoryRelief::Step::SmallBatches:
        return "small batches";
    case core::MemoryRelief::Step::Cpu:
        return "CPU";
    }
    return "";
}

/// A model that goes without one thing after the other when memory runs out, as the inference
/// thread of the window does it.
class Keeper
{
public:
    Keeper(const core::StateDict &tensors, torch::Device device)
        : m_tensors(tensors), m_device(device)
    {
        m_relief.start(core::Device::Cuda, "fp32");
        withEnoughMemory([] {});
    }

    /// Loads the model where there is none, runs `work`, and gives up one thing after the other
    /// until both have the memory they need.
    void withEnoughMemory(const std::function<void()> &work)
    {
        for (;;) {
            try {
                if (!m_segmenter)
                    load();
                work();
                m_relief.succeeded();
                return;
            } catch (const core::Error &error) {
                const auto step = error.kind() == core::ErrorKind::OutOfMemory
                                      ? m_relief.next()
                                      : std::optional<core::MemoryRelief::Step>();
                if (!step)
                    throw;
                m_sentence = error.what();
                m_steps += (m_steps.empty() ? "" : ", ") + std::string(nameOf(*step));
                m_embedding.reset();
                if (*step != core::MemoryRelief::Step::FreeCaches)
                    m_segmenter.reset();
            }
        }
    }

    /// The picture encoded where it is not, all prompts of the batch, then the first by itself.
    std::vector<core::ScoredLogits> answers(const core::Image &picture,
                                            const std::vector<core::Prompt> &prompts)
    {
        std::vector<core::ScoredLogits> all;
        withEnoughMemory([&] {
            all.clear();
            if (!m_embedding)
                m_embedding = m_segmenter->encode(picture.view(), {}, {});
            for (const auto &ofPrompt : m_segmenter->decodeLogits(*m_embedding, prompts))
                all.insert(all.end(), ofPrompt.begin(), ofPrompt.end());
            const auto click = m_segmenter->decodeLogits(*m_embedding, {&prompts.front(), 1});
            all.insert(all.end(), click.front().begin(), click.front().end());
        });
        return all;
    }

    const core::SegmenterInfo &info() const { return m_segmenter->info(); }
    const std::string &steps() const { return m_steps; }
    const std::string &sentence() const { return m_sentence; }

private:
    void load()
    {
        core::cuda::giveBackUnused();
        core::SegmenterOptions options;
        const core::ComputeLimits &limits = m_relief.limits();
        options.device = limits.onCpu ? core::DeviceChoice::Cpu : core::DeviceChoice::Cuda;
        options.cudaIndex = m_device.index();
        options.precision =
            limits.halfPrecision ? core::PrecisionChoice::Fp16 : core::PrecisionChoice::Fp32;
        options.smallBatches = limits.smallBatches;
        m_segmenter = core::torchCall("loading the model", [&] {
            return std::make_unique<core::sam::SamSegmenter>(m_tensors, "random",
                                                             core::chooseRuntime(options));
        });
    }

    const core::StateDict &m_tensors;
    torch::Device m_device;
    core::MemoryRelief m_relief;
    std::unique_ptr<core::Segmenter> m_segmenter;
    std::shared_ptr<const core::ImageEmbedding> m_embedding;
    std::string m_steps, m_sentence;
};

void tellOf(const Keeper &keeper)
{
    std::printf("    given up: %s; computes on the %s in %s\n",
                keeper.steps().empty() ? "nothing" : keeper.steps().c_str(),
                keeper.info().device == core::Device::Cpu ? "CPU" : "GPU",
                keeper.info().precision.c_str());
    if (!keeper.sentence().empty())
        std::printf("    last said: %s\n", keeper.sentence().c_str());
}

/// Largest difference of logits over the largest logit.
double difference(const std::vector<core::ScoredLogits> &actual,
                  const std::vector<core::ScoredLogits> &expected)
{
    double worst = actual.size() == expected.size() ? 0 : INFINITY;
    for (std::size_t i = 0; i < std::min(actual.size(), expected.size()); ++i) {
        const torch::Tensor a = torch::tensor(actual[i].logits.values);
        const torch::Tensor e = torch::tensor(expected[i].logits.values);
        const double error = ((a - e).abs().max() / e.abs().max()).item<double>();
        worst = std::isnan(error) ? INFINITY : std::max(worst, error);
    }
    return worst;
}

} // namespace

void checkCrowded(CheckReport &report, torch::Device device)
{
    report.section("vit_b on a GPU that another program has filled before this one began");
    const core::StateDict tensors =
        core::sam::randomSamTensors(core::sam::officialSamConfig("vit_b"));
    const core::Image picture = testPicture({900, 600});
    std::vector<core::Prompt> prompts(1);
    prompts.front().points = {{{450, 300}}};
    Keeper keeper(tensors, device);
    const auto actual = keeper.answers(picture, prompts);
    tellOf(keeper);
    core::sam::SamSegmenter onCpu(tensors, "random", core::Runtime());
    const auto embedding = onCpu.encode(picture.view(), {}, {});
    std::vector<core::ScoredLogits> expected;
    for (int i = 0; i < 2; ++i)
        for (const auto &answer : onCpu.decodeLogits(*embedding, prompts).front())
            expected.push_back(answer);
    report.atMost("logits", difference(actual, expected),
                  keeper.info().precision == "fp16" ? 0.1 : 1e-3);
}

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
        Keeper keeper(tensors, device);
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
        std::optional<Keeper> keeper;
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
            tellOf(*keeper);
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
    Keeper keeper(tensors, device);
    report.atMost("with all memory again: logits",
                  difference(keeper.answers(picture, prompts), expected), 1e-6);
    report.atMost("with all memory again: things given up", double(keeper.steps().size()), 0);
}
