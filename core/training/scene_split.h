// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace core
{

/// Which part of the material may be used: an eighth of the files, chosen by name, is kept for
/// validation.
enum class SceneSplit { Training, Validation };

} // namespace core
