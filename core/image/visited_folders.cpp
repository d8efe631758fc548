// SPDX-License-Identifier: Apache-2.0
#include "core/image/visited_folders.h"

#include <algorithm>

namespace core
{
namespace
{

namespace fs = std::filesystem;

/// Both without links.
bool startsWith(const fs::path &inner, const fs::path &outer)
{
    return inner != outer && std::ranges::mismatch(outer, inner).in1 == outer.end();
}

} // namespace

VisitedFolders::VisitedFolders(const fs::path &first)
{
    std::error_code error;
    m_first = fs::canonical(first, error);
    if (!error)
        m_visited.insert(m_first);
}

bool VisitedFolders::enter(const fs::path &folder)
{
    std::error_code error;
    fs::path real = fs::canonical(folder, error);
    return !error && !startsWith(m_first, real) && m_visited.insert(std::move(real)).second;
}

bool liesBelow(const fs::path &inner, const fs::path &outer)
{
    std::error_code error;
    const fs::path realInner = fs::canonical(inner, error);
    const fs::path realOuter = error ? fs::path() : fs::canonical(outer, error);
    return !error && startsWith(realInner, realOuter);
}

} // namespace core
