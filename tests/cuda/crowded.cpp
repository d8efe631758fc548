// SPDX-License-Identifier: Apache-2.0
#include "tests/cuda/checks.h"

#include "core/torch/sam/sam_segmenter.h"
#include "core/torch/sam/sam_tensors.h"
#include "tests/cuda/relieved_model.h"
#include "tests/cuda/test_picture.h"

void checkCrowded(CheckReport &report, torch::Device device)
{
    report.section("vit_b on a GPU that another program has filled before this one began");
    const core::StateDict tensors =
        core::sam::randomSamTensors(core::sam::officialSamConfig("vit_b"));
    const core::Image picture = testPicture({900, 600});
    std::vector<core::Prompt> prompts(1);
    prompts.front().points = {{{450, 300}}};
    RelievedModel model(tensors, device);
    const auto actual = model.answers(picture, prompts);
    model.tell();
    core::sam::SamSegmenter onCpu(tensors, "random", core::Runtime());
    const auto embedding = onCpu.encode(picture.view(), {}, {});
    const auto once = onCpu.decodeLogits(*embedding, prompts);
    std::vector<core::ScoredLogits> expected = once.front();
    expected.insert(expected.end(), once.front().begin(), once.front().end());
    report.atMost("logits", difference(actual, expected),
                  model.info().precision == "fp16" ? 0.1 : 1e-3);
}
