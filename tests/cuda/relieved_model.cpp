// SPDX-License-Identifier: Apache-2.0
#include "tests/cuda/relieved_model.h"

#include "core/error.h"
#include "core/torch/cuda/device_memory.h"
#include "core/torch/runtime.h"
#include "core/torch/sam/sam_segmenter.h"
#include "core/torch/torch_call.h"

#include <cmath>
#include <cstdio>
#include <optional>

namespace
{

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

} // namespace

RelievedModel::RelievedModel(const core::StateDict &tensors, torch::Device device)
    : m_tensors(tensors), m_device(device)
{
    m_relief.start(device.is_cpu() ? core::Device::Cpu : core::Device::Cuda, "fp32");
    withEnoughMemory([] {});
}

void RelievedModel::withEnoughMemory(const std::function<void()> &work)
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

std::vector<core::ScoredLogits> RelievedModel::answers(const core::Image &picture,
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

void RelievedModel::load()
{
    core::SegmenterOptions options;
    const core::ComputeLimits &limits = m_relief.limits();
    options.device =
        limits.onCpu || m_device.is_cpu() ? core::DeviceChoice::Cpu : core::DeviceChoice::Cuda;
    options.cudaIndex = m_device.index();
    options.precision =
        limits.halfPrecision ? core::PrecisionChoice::Fp16 : core::PrecisionChoice::Fp32;
    options.smallBatches = limits.smallBatches;
    m_segmenter = core::torchCall("loading the model", [&] {
        const core::Runtime runtime = core::chooseRuntime(options);
        core::cuda::giveBackUnused();
        return std::make_unique<core::sam::SamSegmenter>(m_tensors, "random", runtime);
    });
}

void RelievedModel::tell() const
{
    std::printf("    given up: %s; computes on the %s in %s\n",
                m_steps.empty() ? "nothing" : m_steps.c_str(),
                info().device == core::Device::Cpu ? "CPU" : "GPU", info().precision.c_str());
    if (!m_sentence.empty())
        std::printf("    last said: %s\n", m_sentence.c_str());
}

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
