// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <spdlog/spdlog.h>

#include <string>

namespace cli
{

/// What readImage() says of a picture that it could read but does not trust, on stderr.
inline void sayDoubt(const std::string &sentence)
{
    spdlog::warn("{}", sentence);
}

} // namespace cli
