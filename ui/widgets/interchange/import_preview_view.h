// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/interchange/read_annotations.h"

#include <QWidget>

class QButtonGroup;
class QFormLayout;
class QLabel;
class QListWidget;

namespace ui
{

/// What an import would bring, what could not be read, and the choice of what happens to objects
/// that are there.
class ImportPreviewView : public QWidget
{
    Q_OBJECT

public:
    explicit ImportPreviewView(QWidget *parent = nullptr);

    void setReading(const ImportReading &reading);
    /// There is something to be imported.
    bool isWorthwhile() const { return m_isWorthwhile; }
    ExistingObjects existing() const;

private:
    QWidget *existingPart();

    QFormLayout *m_lines;
    QWidget *m_problemPart;
    QLabel *m_problemHeading;
    QListWidget *m_problems;
    QWidget *m_existingPart;
    QLabel *m_existingHeading;
    QButtonGroup *m_existing;
    bool m_isWorthwhile = false;
};

} // namespace ui
