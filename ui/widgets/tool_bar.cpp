// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/tool_bar.h"

#include "ui/editing/smart_tool.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/theme/theme.h"

#include <QLabel>
#include <QSlider>
#include <QToolButton>

#include <cmath>

namespace ui
{

// The slider is logarithmic: a step is a tenth more or less.
static constexpr double sliderBase = 1.1;
static constexpr int sliderMaximum = 60; // 1.1^60 = 304 pixels

ToolBar::ToolBar(const Actions &actions, SmartTool &tool, QWidget *parent)
    : QToolBar(parent), m_brush(new QLabel), m_slider(new QSlider(Qt::Horizontal)),
      m_hint(new ElidedLabel)
{
    setObjectName(QStringLiteral("tools"));
    setWindowTitle(tr("Tools"));
    setMovable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    setIconSize({metrics::icon, metrics::icon});
    setToolButtonStyle(Qt::ToolButtonIconOnly);
    for (const ActionId id : {ActionId::SmartTool, ActionId::PanTool})
        addAction(actions[id]);
    addSeparator();

    m_brush->setProperty("muted", true);
    m_brush->setMinimumWidth(
        fontMetrics().horizontalAdvance(tr("Brush %1 px").arg(QStringLiteral("000"))) +
        metrics::space);
    m_slider->setRange(0, sliderMaximum);
    m_slider->setFixedWidth(110);
    m_slider->setFocusPolicy(Qt::NoFocus);
    m_slider->setToolTip(tr("Radius of the prompting brush (Ctrl + wheel)"));
    m_hint->setProperty("muted", true);
    m_hint->setContentsMargins(3 * metrics::space, 0, 0, 0);
    m_smartOptions << addWidget(m_brush) << addWidget(m_slider) << addSeparator();
    addWidget(m_hint);

    for (const ActionId id : {ActionId::Drop, ActionId::Accept})
        addAction(actions[id]);
    addSeparator();
    for (const ActionId id : {ActionId::Undo, ActionId::Redo})
        addAction(actions[id]);
    addSeparator();
    addAction(actions[ActionId::ExportDataset]);
    for (const ActionId id :
         {ActionId::SmartTool, ActionId::PanTool, ActionId::ExportDataset, ActionId::Accept}) {
        if (auto *button = qobject_cast<QToolButton *>(widgetForAction(actions[id])))
            button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    }

    connect(m_slider, &QSlider::valueChanged, &tool,
            [&tool](int value) { tool.setBrushRadius(std::pow(sliderBase, value)); });
    connect(&tool, &SmartTool::brushRadiusChanged, this, &ToolBar::showRadius);
    showRadius(tool.brushRadius());
    setSmart(true);
}

void ToolBar::setSmart(bool smart)
{
    for (QAction *action : m_smartOptions)
        action->setVisible(smart);
    m_hint->setText(smart
                        ? tr("Click: the object   ·   Right-click: not this   ·   Drag: box   ·   "
                             "Shift + drag: brush")
                        : tr("Drag: move the picture   ·   Click: select an object"));
}

void ToolBar::showRadius(double pixels)
{
    m_brush->setText(tr("Brush %1 px").arg(std::lround(pixels)));
    const QSignalBlocker blocker(m_slider);
    m_slider->setValue(static_cast<int>(std::lround(std::log(pixels) / std::log(sliderBase))));
}

} // namespace ui
