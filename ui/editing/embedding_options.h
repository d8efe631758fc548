// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <chrono>
#include <cstddef>
#include <filesystem>

namespace ui
{

/// How much of each kind of memory the embeddings may fill, in bytes.
struct CacheBudgets {
    std::size_t device = std::size_t(1) << 30; ///< the GPU's memory, when the model is there
    std::size_t memory = std::size_t(1) << 29;
    quint64 disk = quint64(2) << 30; ///< 0: nothing is kept on disk
    bool operator==(const CacheBudgets &) const = default;
};

/// How embeddings are kept and made ahead of time.
struct EmbeddingOptions {
    CacheBudgets budgets;
    std::filesystem::path diskFolder; ///< empty: nothing is kept on disk
    bool prefetch = true;
    /// Embedding ahead begins when nothing was asked for so long.
    std::chrono::milliseconds quiet{400};
};

} // namespace ui
