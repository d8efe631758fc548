// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/file/stable_hash.h"

#include <string_view>

namespace core
{

/// One of several equal shares of a job that machines do apart from each other. Which share a name
/// belongs to follows from the name alone: stableHash(name) modulo `count` is `index` - 1. So
/// pictures that come or go move no other one. (The plain FNV-1a would not do: its last two bits
/// follow from the last two bits of the characters, and every fourth frame of a video would be in
/// one shard of four.)
struct Shard {
    unsigned index = 1; ///< from 1 on
    unsigned count = 1;
    bool contains(std::string_view name) const { return stableHash(name) % count == index - 1; }
};

} // namespace core
