// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/document.h"
#include "ui/editing/segmentation_service.h"
#include "ui/widgets/main_window.h"

#include <QDir>
#include <QTemporaryDir>

#include <functional>

/// The real window, driven by a scene and photographed. Places on the picture are shares of its
/// width and height.
class Stage
{
public:
    Stage(ui::SegmenterFactory segmenter, const QDir &target, const QString &suffix);

    /// A folder of its own with a copy of the picture; returns when it can be clicked.
    void open(const QString &picture);

    void move(double x, double y);
    void click(double x, double y, Qt::MouseButton button = Qt::LeftButton,
               Qt::KeyboardModifiers modifiers = {});
    void doubleClick(double x, double y);
    void drag(const std::vector<QPointF> &way, Qt::KeyboardModifiers modifiers = {},
              bool letGo = true);
    void key(int key, Qt::KeyboardModifiers modifiers = {});
    void trigger(ui::ActionId action);
    /// Until the condition holds and the window came to rest. Throws std::runtime_error after half
    /// a minute.
    void wait(const std::function<bool()> &condition);
    void settle(); ///< no prompt is waiting for its answer, everything is painted
    /// Writes what is seen, an open dialog included, as `name` + suffix + ".png".
    void photograph(const QString &name);

    ui::MainWindow &window() { return m_window; }

private:
    QPoint at(double x, double y) const;

    QDir m_target;
    QString m_suffix;
    QTemporaryDir m_folder;
    ui::Document m_document;
    ui::SegmentationService m_service;
    ui::MainWindow m_window;
};
