// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/tool_options/mask_size_label.h"

#include "core/mask/rle_measure.h"
#include "ui/editing/mask_target.h"
#include "ui/widgets/theme/theme.h"

#include <QLocale>

namespace ui
{

MaskSizeLabel::MaskSizeLabel(const MaskTarget &target, QWidget *parent)
    : QLabel(parent), m_target(target)
{
    setProperty("muted", true);
    setToolTip(tr("Pixels of the object, and its width and height"));
    setContentsMargins(2 * metrics::space, 0, 0, 0);
    // What follows in the line stays where it is while the numbers change.
    setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("00,000 px  000 × 000")) +
                    2 * metrics::space);
    connect(&target, &MaskTarget::changed, this, [this] {
        if (isVisible())
            showSize();
    });
}

void MaskSizeLabel::showEvent(QShowEvent *event)
{
    showSize();
    QLabel::showEvent(event);
}

void MaskSizeLabel::showSize()
{
    const core::Rle mask = m_target.mask();
    const core::PixelRect box = core::boundingBox(mask);
    setText(box.isEmpty() ? tr("No pixels yet")
                          : tr("%1 px  %2 × %3")
                                .arg(QLocale().toString(qlonglong(core::area(mask))))
                                .arg(box.width)
                                .arg(box.height));
}

} // namespace ui
