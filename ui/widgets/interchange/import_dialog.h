// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/background_task.h"
#include "ui/widgets/fitted_dialog.h"
#include "ui/widgets/interchange/read_annotations.h"

#include <memory>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace ui
{

class ElidedLabel;
class ImportPreviewView;

/// Reads annotations of any format in the background and shows what they would bring. Changes
/// nothing by itself: who opened it takes reading() and existing() when it was accepted.
class ImportDialog : public FittedDialog
{
    Q_OBJECT

public:
    /// `project`: as it is when the dialog opens.
    ImportDialog(DatasetSnapshot project, QWidget *parent);

    /// As if it had been chosen in the file dialog: its format is told, and it is read.
    void setInput(const QString &path);
    /// Reads the input as that format; by Format::name().
    void setFormat(const QString &name);
    bool isReading() const { return m_task.isRunning(); }

    const QString &input() const { return m_input; }
    /// What was read; null: nothing yet.
    const std::shared_ptr<ImportReading> &reading() const { return m_reading; }
    ExistingObjects existing() const;

private:
    enum Page { Empty, Reading, Failed, Preview };

    QWidget *inputPart();
    QWidget *pages();
    void chooseFile();
    void chooseFolder();
    void read();
    void showPage(Page page, const QString &text = {});

    DatasetSnapshot m_project;
    QString m_input;
    std::shared_ptr<ImportReading> m_reading;
    ElidedLabel *m_inputLabel;
    QComboBox *m_formats;
    QStackedWidget *m_pages;
    QProgressBar *m_progress;
    QLabel *m_problem;
    ImportPreviewView *m_preview;
    QPushButton *m_import;
    BackgroundTask m_task; ///< stops before what it tells goes
};

} // namespace ui
