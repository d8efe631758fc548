// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/tools/tool.h"

namespace ui
{

void Tool::setPreview(ToolPreview preview)
{
    if (preview.isEmpty() && m_preview.isEmpty())
        return;
    m_preview = std::move(preview);
    Q_EMIT previewChanged();
}

} // namespace ui
