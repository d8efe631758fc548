// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/geometry.h"
#include "ui/editing/service_status.h"

#include <QStatusBar>

#include <optional>

class QLabel;

namespace ui
{

/// Says in words what the program does: model and picture at the left, position and zoom in the
/// middle, objects and saved state at the right. Never blinks: fields keep their width.
class StatusLine : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);
    void setService(const ServiceStatus &status);
    void setPosition(std::optional<core::ImagePoint> position);
    void setZoom(std::optional<double> zoom);
    /// `objects` < 0: no picture.
    void setObjects(int objects, int unsaved, bool readOnly);
    QString serviceText() const;
    QString objectsText() const;

private:
    QLabel *m_service;
    QLabel *m_position;
    QLabel *m_zoom;
    QLabel *m_objects;
};

} // namespace ui
