"""``make site``: the whole course as files that any web server can hand out, with no server that computes.

JupyterLite is JupyterLab in a page, Pyodide is Python in a page. A student opens an address; Python starts in the
student's own browser, and the work stays there. The rooms, in the order in which they are used:

`pyodide`
    fetches Python for the browser and checks it
`wheels`
    fetches the packages that Python needs there and checks them
`kernel`
    makes the small package that greets a student's cells in the browser
`lock`
    writes down which package comes from where
`contents`
    chooses the lessons, tables and helpers
`lite`
    lets JupyterLite build, and fails if any part of it fails
`start`
    writes the first page
`audit`
    looks at the finished site: nothing missing, nothing forbidden, not too big
"""
