// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace core
{

/// How to train. The defaults suit two processor cores; those of the shipped model are in its card.
/// With `steps` the same options and scenes give the same weights on the same machine; with
/// `minutes` the length follows the clock.
struct TrainingOptions {
    std::uint64_t seed = 1;
    std::int64_t steps = 0;  ///< length of the whole training; 0: see `minutes`
    double minutes = 60;     ///< its length by the clock, resumed runs counted together
    int images = 8;          ///< pictures per step
    int targets = 2;         ///< regions asked for per picture, 1 to 3
    int side = 192;          ///< training crops in pixels for most of the time, a multiple of 32
    int finalSide = 256;     ///< and at the end
    double finalShare = 0.3; ///< share of the training with finalSide
    double learningRate = 1.2e-3;
    double weightDecay = 0.02;
    int workers = 2;      ///< copies of the model, each with its share of the pictures and a thread
    int clickThreads = 1; ///< that draw the simulated person's clicks, all workers together
    int loaders = 1;      ///< threads that prepare the pictures of the next steps
    bool bf16 = false;    ///< compute the maps in bf16; weights and losses stay fp32
    bool cuda = false;
    std::uint64_t scenes = 10000; ///< different scenes in all
    double reuse = 3;             ///< times a scene is drawn on average before a new one joins
    double checkpointMinutes = 3; ///< time between checkpoints
    double heldOutMinutes = 8;    ///< time between measurements on held-out scenes
    std::uint64_t heldOutScenes = 24;
};

} // namespace core
