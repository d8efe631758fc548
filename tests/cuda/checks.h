// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/torch/sam/sam_config.h"
#include "tests/cuda/check_report.h"

#include <torch/torch.h>

#include <string>

/// The small model of tests/data on the device, in float32, against the official tensors.
void checkReference(CheckReport &report, torch::Device device);

/// The same of the small MobileSAM; and on a GPU the published one with random weights, in float16.
void checkMobileSam(CheckReport &report, torch::Device device);

/// A model with random weights, stage by stage: float32 and half precision on the device against
/// float32 on the CPU.
void checkModel(CheckReport &report, const std::string &size, torch::Device device);

/// Times and memory of a model with random weights.
void timeModel(CheckReport &report, const std::string &size, torch::Device device);

/// Pictures encoded one after the other and two at once: the same to the last bit, and how quick.
void checkPicturesInFlight(CheckReport &report, const std::string &size, torch::Device device);

/// Answers that must come although another program took nearly all of the GPU's memory.
void checkMemoryShortage(CheckReport &report, torch::Device device);

/// The same when it did so before: run it while another process holds the memory.
void checkCrowded(CheckReport &report, torch::Device device);

/// The best matrix products and the parts the encoder is made of.
void timeParts(CheckReport &report, torch::Device device);
